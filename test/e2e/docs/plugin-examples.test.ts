import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCli } from '../support/cli-process.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const COMPILER = path.join(ROOT, 'node_modules/typescript/bin/tsc');

/** The examples of a page that are whole files: they import what they use. */
function filesIn(page: string): string[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code ?? '');
  return blocks.filter((code) => code.startsWith('import '));
}

/** Compiles files as strictly as the project itself; gives what the compiler says. */
async function compile(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  const compilerOptions = {
    noEmit: true,
    rootDir: '/',
    types: ['node'],
    paths: { 'scalyr-otel-bridge': [path.join(ROOT, 'src/monitor/index.ts')] },
  };
  const settings = { extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(settings));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return promisify(execFile)(process.execPath, [COMPILER, '-p', folder]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}

describe('the plugins in the documentation', () => {
  const [readmePlugin = ''] = filesIn('README.md');
  const [queueDepth = '', door = '', unitTest = ''] = filesIn('docs/plugins.md');

  it('are four whole files', () => {
    expect(filesIn('README.md')).toHaveLength(1);
    expect(filesIn('docs/plugins.md')).toHaveLength(3);
  });

  it('compile', async () => {
    const files = { 'readme.ts': readmePlugin, 'queue_depth.ts': queueDepth, 'door.ts': door };
    expect(await compile({ ...files, 'queue_depth.test.ts': unitTest })).toBe('');
  });

  it('would not pass if they were wrong', async () => {
    const wrong = queueDepth.replace("convertTo: 'int'", "convertTo: 'bool'");
    expect(await compile({ 'queue_depth.ts': wrong })).toMatch(/queue_depth\.ts.*error TS/);
  });

  it('emit what docs/plugins.md says', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'queue_depth.ts'), queueDepth);
    const args = ['run-monitor', '--samples', '1', '-c', `{ folder: "${folder}" }`, 'queue_depth'];
    const { stdout } = await runCli(args, { cwd: folder });

    expect(stdout).toContain(` [queue_depth()] queue.depth 1 folder="${folder}"\n`);
    expect(stdout).toContain(` [queue_depth()] queue.full false folder="${folder}"\n`);
  });
});
