import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCli } from '../support/cli-process.ts';

const PLUGIN = path.resolve(import.meta.dirname, '../../../plugins/random_coin_python');

/** A folder with the plugin in it. */
function withPlugin(): string {
  const folder = temporaryFolder();
  cpSync(PLUGIN, folder, { recursive: true });
  return folder;
}

it("is run from its own folder as Scalyr's guide shows it", async () => {
  const args = [
    'run-monitor',
    '-s',
    '0.1',
    '--samples',
    '2',
    '-c',
    '{ gauss_mean: 8.5 }',
    'random_coin_monitor',
  ];

  const { code, stdout, stderr } = await runCli(args, { cwd: withPlugin() });

  const shapes = stdout
    .split('\n')
    .map((line) => line.replace(/^\S+ \S+ /, '').replace(/ \d+\.\d+ /, ' <number> '));
  expect(shapes).toEqual([
    '[random_coin_monitor()] uniform <number> count=1',
    '[random_coin_monitor()] gauss <number> count=1',
    '[random_coin_monitor()] uniform <number> count=2',
    '[random_coin_monitor()] gauss <number> count=2',
    'INFO [monitor:random_coin_monitor()] Monitor has finished',
    '',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

it('says which option is wrong, and ends with 2', async () => {
  const args = ['run-monitor', '-c', '{ gauss_mean: 11 }', 'random_coin_monitor'];

  expect(await runCli(args, { cwd: withPlugin() })).toMatchObject({
    code: 2,
    stderr: 'Invalid monitor configuration: Value of 11.0 in field "gauss_mean" is invalid; maximum is 10\n',
  });
});

it('is checked with its sample configuration, which says what it would run on', async () => {
  const { code, stdout } = await runCli(['check'], { cwd: withPlugin() });

  expect(code).toBe(0);
  expect(stdout).toMatch(
    /random_coin_monitor\(fair\): every 1 s, in a process, Python 3\.\S+ \(\S+\) with the scalyr_agent package of the collector, as otel\.python\.scalyr_agent_path is not set, metric log/,
  );
});
