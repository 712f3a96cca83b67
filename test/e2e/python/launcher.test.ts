import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeHosts } from '../host/describe-each-host.ts';
import type { HostUnderTest } from '../host/host-under-test.ts';
import { gone, numberIn } from '../host/gone.ts';

/** The process that has started the one that a fixture names in its first line. */
function launcherOf(test: HostUnderTest): number {
  const status = readFileSync(`/proc/${numberIn(test.lines[0])}/status`, 'latin1');
  return Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
}

async function withPid(test: HostUnderTest): Promise<HostUnderTest> {
  await test.host.gather();
  await test.until(() => test.lines.length === 2);
  return test;
}

describeHosts('python', (hosts) => {
  it('starts all monitors from one launcher', async () => {
    const first = await withPid(await hosts.started('starts-children'));
    const second = await withPid(await hosts.started('starts-children'));

    expect(launcherOf(second)).toBe(launcherOf(first));
  });

  it('lets monitors live on when the launcher dies, and starts the next ones from a new one', async () => {
    const survivor = await withPid(await hosts.started('starts-children'));
    const launcher = launcherOf(survivor);
    process.kill(launcher, 'SIGKILL');
    await gone(launcher);

    const outcome = await survivor.host.gather();
    await survivor.until(() => survivor.lines.length === 4);
    const next = await withPid(await hosts.started('starts-children'));

    expect(outcome).toEqual({ kind: 'ok' });
    expect(launcherOf(next)).not.toBe(launcher);
  });

  it('sees the end of a monitor whose launcher is dead', async () => {
    const survivor = await withPid(await hosts.started('starts-children'));
    const launcher = launcherOf(survivor);
    process.kill(launcher, 'SIGKILL');
    await gone(launcher);

    process.kill(numberIn(survivor.lines[0]), 'SIGKILL');

    expect(await survivor.host.exited).toEqual({
      reason: 'crashed',
      message: 'Ended unseen, as the launcher that would have told how is gone',
    });
    await gone(numberIn(survivor.lines[1]));
  });

  it('keeps the descriptors of the launcher, and of other monitors, from a monitor', async () => {
    const test = await withPid(await hosts.started('starts-children'));
    await withPid(await hosts.started('starts-children'));
    const third = await withPid(await hosts.started('starts-children'));

    const open = (monitor: HostUnderTest) => readdirSync(`/proc/${numberIn(monitor.lines[0])}/fd`).length;

    expect(open(third)).toBe(open(test));
  });
});
