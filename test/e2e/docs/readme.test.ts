import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCli } from '../support/cli-process.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');

describe('README.md', () => {
  it('has a plugin that runs as it stands', async () => {
    const cwd = temporaryFolder();
    const plugin = /```ts\n([^]*?)```/.exec(text)?.[1] ?? '';
    await writeFile(path.join(cwd, 'queue_depth.ts'), plugin);
    const { code, stdout, stderr } = await runCli(
      ['run-monitor', '--samples', '1', '-c', `{ folder: "${cwd}" }`, 'queue_depth'],
      { cwd },
    );
    expect(stderr).toBe('');
    expect(stdout.split('\n')[0]).toMatch(/Z \[queue_depth\(\)\] queue\.depth 1 folder="/);
    expect(code).toBe(0);
  });

  it('names every command', async () => {
    const { stdout } = await runCli(['--help'], { cwd: temporaryFolder() });
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+)(?: \[options\])?(?: <module>)? {2,}/gm)].map(
      ([, name]) => name,
    );
    const named = [...text.matchAll(/^\| `npx scalyr-otel ([a-z-]+)/gm)].map(([, name]) => name);
    expect(named).toEqual(commands.filter((name) => name !== 'help'));
  });
});
