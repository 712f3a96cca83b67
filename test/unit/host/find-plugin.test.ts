import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPlugin } from '../../../src/host/find-plugin.ts';

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

  function find(module: string): Promise<unknown> {
    return findPlugin(module, {
      packageFolders: [path.join(root, 'package')],
      modulePaths: [path.join(root, 'local'), path.join(root, 'contrib')],
    });
  }

  it.each([['coin.ts'], ['coin.mts'], ['coin.js'], ['coin.mjs'], ['coin/coin.ts'], ['coin/index.mjs']])(
    'finds "coin" as %s',
    async (name) => {
      const coin = await file('local', name);

      expect(await find('coin')).toEqual({ kind: 'found', file: coin });
    },
  );

  it('prefers the plugins of the package, then the folders in their order', async () => {
    await file('contrib', 'coin.ts');
    const local = await file('local', 'coin', 'coin.ts');
    expect(await find('coin')).toEqual({ kind: 'found', file: local });

    const own = await file('package', 'coin', 'coin.js');
    expect(await find('coin')).toEqual({ kind: 'found', file: own });
  });

  it('finds a dotted name by its last part', async () => {
    const coin = await file('local', 'coin.ts');

    expect(await find('scalyr_agent.builtin_monitors.coin')).toEqual({ kind: 'found', file: coin });
  });

  it('prefers the folders of a dotted name over its last part', async () => {
    await file('local', 'coin.ts');
    const coin = await file('local', 'my', 'monitors', 'coin.ts');

    expect(await find('my.monitors.coin')).toEqual({ kind: 'found', file: coin });
  });

  it('is not taken in by a folder with the name of a file', async () => {
    await mkdir(path.join(root, 'local', 'coin.ts'), { recursive: true });

    expect(await find('coin')).toMatchObject({ kind: 'not-found' });
  });

  it('names every place it looked at when there is no such plugin', async () => {
    const places = ['package', 'local', 'contrib'].flatMap((folder) =>
      ['coin', 'coin/coin', 'coin/index'].map((name) => path.join(root, folder, name)),
    );

    const outcome = await find('coin');

    expect(outcome).toMatchObject({ kind: 'not-found', places });
    expect(outcome).toHaveProperty('message', expect.stringContaining(`\n  ${root}/local\n`));
    expect(outcome).toHaveProperty(
      'message',
      expect.stringMatching(
        /looked for coin\.\*, coin\/coin\.\*, coin\/index\.\* \(\.ts, \.mts, \.js, \.mjs\)/,
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
