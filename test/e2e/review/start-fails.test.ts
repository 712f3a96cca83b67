import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';

const run = promisify(execFile);
const COLLECTOR = path.join(import.meta.dirname, 'start-fails.mjs');

it('leaves no thread, no timer and no lock behind when the start fails at its last step', async () => {
  const folder = new CollectorFolder({
    monitors: [{ module: 'sequence' }],
    otel: { backends: [{ endpoint: 'http://127.0.0.1:1' }] },
  });

  const { stdout } = await run(process.execPath, [COLLECTOR, folder.path], { timeout: 30_000 });

  expect(stdout).toBe('exportIntervalMillis must be greater than 0\n');
  expect(folder.list('data')).not.toContain('collector.lock');
});
