import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../../dist/src/cli/main.js');

it('ends `check` without a word, and with nothing left behind, when nobody reads on, as in `check | head -1`', async () => {
  const monitors = Array.from({ length: 3 }, (_, index) => ({ module: 'sequence', id: `s${index}` }));
  const folder = new CollectorFolder({ monitors });
  const check = spawn(process.execPath, [PROGRAM, 'check'], {
    cwd: folder.path,
    env: { ...process.env, TMPDIR: folder.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void check.kill('SIGKILL'));
  let complaints = '';
  check.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = once(check, 'close');

  check.stdout.destroy();

  expect(await ended).toEqual([141, null]);
  expect(complaints).toBe('');
  expect(folder.list('.')).toEqual(['agent.json']);
});

it.runIf(process.platform === 'linux')('says why when what `check` prints cannot be written', async () => {
  const folder = new CollectorFolder({ monitors: [] });
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));

  const check = spawn(process.execPath, [PROGRAM, 'check'], {
    cwd: folder.path,
    stdio: ['ignore', full, 'pipe'],
  });
  let complaints = '';
  check.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));

  expect(await once(check, 'close')).toEqual([1, null]);
  expect(complaints).toMatch(/^scalyr-otel: Cannot write what there is to print: ENOSPC.*\n$/);
});
