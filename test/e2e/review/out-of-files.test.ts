import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const COLLECTOR = path.join(import.meta.dirname, 'out-of-files.mjs');

it('says that a monitor cannot be started, and lives on, when there is no file descriptor left', async () => {
  const { stdout } = await run('sh', [
    '-c',
    `ulimit -n 60; exec "$0" "$1" process`,
    process.execPath,
    COLLECTOR,
  ]);

  expect(stdout).toMatch(/^failed: Cannot start ".*": spawn .* EMFILE\n$/);
});
