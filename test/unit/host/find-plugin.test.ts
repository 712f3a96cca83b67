import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPlugin, type FindPluginOptions } from '../../../src/host/plugin/find-plugin.ts';

describe('findPlugin()', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'find-plugin-'));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function file(...parts: string[]): Promise<string> {
    const made = path.join(root, ...parts);
    await mkdir(path.dirname(made), { recursive: true });
    await writeFile(made, '');
    return made;
  }

  function find(module: string, options: Partial<FindPluginOptions> = {}): Promise<unknown> {
    return findPlugin(module, {
      ...options,
      packageFolders: [path.join(root, 'package')],
      modulePaths: [path.join(root, 'local'), path.join(root, 'contrib')],
    });
  }

  it.each([['coin.ts'], ['coin.mts'], ['coin.js'], ['coin.mjs'], ['coin/coin.ts'], ['coin/index.mjs']])(
    'finds "coin" as %s',
    async (name) => {
      const coin = await file('local', name);

      expect(await find('coin')).toEqual({ kind: 'found', runtime: 'typescript', file: coin });
    },
  );

  it('prefers the folders in their order over the plugins of the package', async () => {
    await file('package', 'coin', 'coin.js');
    const contrib = await file('contrib', 'coin.ts');
    expect(await find('coin')).toMatchObject({ file: contrib });

    const local = await file('local', 'coin', 'coin.ts');
    expect(await find('coin')).toMatchObject({ file: local });
  });

  it.each([
    ['coin', 'coin.py', ''],
    ['coin', 'coin/__init__.py', ''],
    ['coin', 'coin/coin.py', 'coin'],
    ['my.monitors.coin', 'my/monitors/coin.py', ''],
    ['my.monitors.coin', 'my/monitors/coin/__init__.py', ''],
  ])('finds "%s" as %s, which Python has to look for in "%s"', async (module, name, folder) => {
    const coin = await file('local', name);

    expect(await find(module)).toEqual({
      kind: 'found',
      runtime: 'python',
      file: coin,
      folder: path.join(root, 'local', folder),
    });
  });

  it('does not take the last part of a dotted name for a Python module: an import would not', async () => {
    await file('local', 'coin.py');

    expect(await find('my.monitors.coin')).toMatchObject({ kind: 'not-found' });
  });

  it('prefers TypeScript in a folder with both, unless the runtime says otherwise', async () => {
    const python = await file('local', 'coin.py');
    const typescript = await file('local', 'coin.ts');

    expect(await find('coin')).toMatchObject({ runtime: 'typescript', file: typescript });
    expect(await find('coin', { runtime: 'python' })).toMatchObject({ runtime: 'python', file: python });
  });

  it('prefers Python in an earlier folder over TypeScript in a later one', async () => {
    const python = await file('local', 'coin.py');
    const typescript = await file('contrib', 'coin.ts');

    expect(await find('coin')).toMatchObject({ file: python });
    expect(await find('coin', { runtime: 'typescript' })).toMatchObject({ file: typescript });
  });

  it('leaves a module that is in none of the folders to Python where the runtime is python', async () => {
    const byName = { kind: 'found', runtime: 'python', file: undefined, folder: undefined };

    expect(await find('company.coin', { runtime: 'python' })).toEqual(byName);
    expect(await find('company.coin')).toMatchObject({ kind: 'not-found' });
  });

  describe("the dotted name of one of the agent's own monitors", () => {
    const NAME = 'scalyr_agent.builtin_monitors.coin';

    it('means the plugin of the package', async () => {
      await file('local', 'coin.ts');
      const own = await file('package', 'coin', 'coin.js');

      expect(await find(NAME)).toMatchObject({ runtime: 'typescript', file: own });
    });

    it('means the monitor of the installed agent where there is one', async () => {
      await file('package', 'coin', 'coin.js');

      expect(await find(NAME, { hasInstalledAgent: true })).toMatchObject({
        runtime: 'python',
        file: undefined,
      });
    });

    it('means the plugin of the package all the same where the runtime is typescript', async () => {
      const own = await file('package', 'coin', 'coin.js');

      expect(await find(NAME, { hasInstalledAgent: true, runtime: 'typescript' })).toMatchObject({
        file: own,
      });
    });
  });

  it('finds a dotted name by its last part', async () => {
    const coin = await file('local', 'coin.ts');

    expect(await find('scalyr_agent.builtin_monitors.coin')).toEqual({
      kind: 'found',
      runtime: 'typescript',
      file: coin,
    });
  });

  it('prefers the folders of a dotted name over its last part', async () => {
    await file('local', 'coin.ts');
    const coin = await file('local', 'my', 'monitors', 'coin.ts');

    expect(await find('my.monitors.coin')).toEqual({ kind: 'found', runtime: 'typescript', file: coin });
  });

  it('is not taken in by a folder with the name of a file', async () => {
    await mkdir(path.join(root, 'local', 'coin.ts'), { recursive: true });

    expect(await find('coin')).toMatchObject({ kind: 'not-found' });
  });

  it('names every place it looked at when there is no such plugin', async () => {
    const names = ['coin', 'coin/coin', 'coin/index', 'coin.py', 'coin/__init__.py', 'coin/coin.py'];
    const places = ['local', 'contrib', 'package'].flatMap((folder) =>
      names.map((name) => path.join(root, folder, name)),
    );

    const outcome = await find('coin');

    expect(outcome).toMatchObject({ kind: 'not-found', places });
    expect(outcome).toHaveProperty('message', expect.stringContaining(`\n  ${root}/local\n`));
    expect(outcome).toHaveProperty(
      'message',
      expect.stringMatching(
        /looked for coin\.\*, coin\/coin\.\*, coin\/index\.\*, coin\.py, coin\/__init__\.py, coin\/coin\.py \(\* is one of \.ts, \.mts, \.js, \.mjs\)/,
      ),
    );
  });

  it.each([
    '',
    '..',
    '../coin',
    '/etc/coin',
    String.raw`a\coin`,
    'a..coin',
    '.coin',
    'coin.',
    'a b',
    'coin\0',
    '~',
  ])('refuses the name "%s"', async (module) => {
    expect(await find(module)).toMatchObject({ kind: 'bad-name' });
  });

  it('finds the plugins that come with the package', async () => {
    const outcome = await findPlugin('random_coin', { modulePaths: [] });

    expect(outcome).toHaveProperty(
      'file',
      expect.stringMatching(/plugins\/random_coin\/random_coin\.(js|ts)$/),
    );
  });
});
