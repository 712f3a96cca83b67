import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { ProcessGuest } from '../../../src/host/process/process-guest.ts';
import { spawnProcess } from '../../../src/host/process/spawn-process.ts';
import { gone, numberIn } from './gone.ts';
import { describeHosts } from './describe-each-host.ts';
import { cacheFolder } from './host-under-test.ts';

describe('a host in a process of its own', () => {
  describeHosts('process', (hosts) => {
    it('ends what the plugin started together with it', async () => {
      const test = await hosts.started('starts-children');
      await test.host.gather();
      await test.until(() => test.lines.length === 2);

      await test.host.stop(5000);

      await gone(numberIn(test.lines[1]));
    });

    it('ends by SIGKILL what does not listen to SIGTERM', async () => {
      const test = await hosts.started('ignores-sigterm');
      const outcome = test.host.gather();
      await test.until(() => test.lines.length === 1);

      await test.host.stop(0);

      expect(await outcome).toMatchObject({ kind: 'exited', exit: { reason: 'killed' } });
      await gone(numberIn(test.lines[0]));
    });
  });

  it.each(['starts-children.ts', 'ignores-sigterm.ts'])(
    'leaves nothing behind when the collector is killed: %s',
    async (plugin) => {
      const collector = spawn(
        process.execPath,
        [fileURLToPath(new URL('collector.mjs', import.meta.url)), plugin, cacheFolder],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const lines = createInterface({ input: collector.stdout });
      const pids: number[] = [];
      for await (const line of lines) {
        if (line === 'sampled') break;
        pids.push(numberIn(line));
      }

      collector.kill('SIGKILL');

      expect(pids.length).toBeGreaterThan(0);
      for (const pid of pids) await gone(pid);
    },
  );

  it('reports a program that cannot be started', async () => {
    const guest = new ProcessGuest({
      monitor: 'fixture()',
      launch: () => spawnProcess({ command: '/nowhere/node', args: [], environment: {}, clock: systemClock }),
      residentLimitBytes: 1e9,
      clock: systemClock,
    });

    const death = await new Promise((onDeath) => {
      guest.start({ onMessage: () => {}, onReadable: () => {}, onPrinted: () => {}, onDeath });
    });

    expect(death).toEqual({
      reason: 'crashed',
      message: 'Cannot start "/nowhere/node": spawn /nowhere/node ENOENT',
    });
  });
});
