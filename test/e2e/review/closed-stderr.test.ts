import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../../dist/src/cli/main.js');

it('collects on when nobody reads its stderr any more, and still has its log file', async () => {
  const folder = new CollectorFolder({ monitors: [{ module: 'sequence' }] });
  const collector = spawn(process.execPath, [PROGRAM, 'run'], {
    cwd: folder.path,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void collector.kill('SIGKILL'));
  const ended = once(collector, 'exit');
  await once(collector.stderr, 'data');

  collector.stderr.destroy();
  collector.kill('SIGTERM');

  expect(await ended).toEqual([0, null]);
  expect(folder.log('scalyr-otel.log').at(-1)).toContain('Stopped: emitted ');
});
