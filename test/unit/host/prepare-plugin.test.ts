import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageEntryUrl, packageRoot } from '../../../src/host/package-files.ts';
import { preparePlugin, type PreparedPlugin } from '../../../src/host/plugin/prepare-plugin.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/plugins/', import.meta.url));

describe('preparePlugin()', () => {
  let root: string;
  let cacheFolder: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'prepare-plugin-'));
    cacheFolder = path.join(root, 'cache');
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  function prepare(file: string): Promise<PreparedPlugin> {
    return preparePlugin(file, { cacheFolder });
  }

  async function prepared(file: string): Promise<string> {
    const outcome = await prepare(file);
    if (outcome.kind !== 'ready') throw new Error(outcome.message);
    return outcome.url;
  }

  async function written(name: string, source: string): Promise<string> {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, source);
    return file;
  }

  async function imported(file: string): Promise<unknown> {
    return import(/* @vite-ignore */ await prepared(file));
  }

  it('leaves the compiled plugins of the package as they are: nobody edits them', async () => {
    const file = path.join(packageRoot, 'dist', 'plugins', 'coin', 'coin.js');

    expect(await prepare(file)).toEqual({ kind: 'ready', url: pathToFileURL(file).href, files: [] });
  });

  it('names the files that a plugin is made of', async () => {
    const file = path.join(fixtures, 'imports-sibling.ts');

    const plugin = await prepare(file);

    expect(plugin.kind === 'ready' && plugin.files.toSorted()).toEqual(
      ['imports-sibling.ts', 'sibling.ts'].map((name) => path.join(fixtures, name)),
    );
  });

  it('makes the name of the package mean the running collector', async () => {
    const url = await prepared(path.join(fixtures, 'counts.ts'));

    expect(await readFile(new URL(url), 'utf8')).toContain(`from "${packageEntryUrl().href}"`);
  });

  it('takes the types out and bundles relative imports', async () => {
    await written('factor.ts', 'export const factor: number = 6;');
    const file = await written(
      'plugin.ts',
      "import { factor } from './factor.ts';\nexport const product: number = factor * 7;",
    );

    expect(await imported(file)).toHaveProperty('product', 42);
  });

  it('finds other packages from where the plugin stands, and leaves them out of the bundle', async () => {
    await written(
      'node_modules/six/package.json',
      '{ "name": "six", "type": "module", "exports": "./six.js" }',
    );
    const six = await written('node_modules/six/six.js', 'export const six = 6;');
    const file = await written('plugin.ts', "export { six } from 'six';");

    expect(await readFile(new URL(await prepared(file)), 'utf8')).toContain(pathToFileURL(six).href);
    expect(await imported(file)).toHaveProperty('six', 6);
  });

  it('gives each file the place where it stands, not where the bundle stands', async () => {
    await written(
      'sub/place.ts',
      'export const dirname = import.meta.dirname; export const url = import.meta.url;',
    );
    const file = await written(
      'plugin.mts',
      "export { dirname, url } from './sub/place.ts';\nexport const own = import.meta.filename;",
    );

    expect(await imported(file)).toMatchObject({
      dirname: path.join(root, 'sub'),
      url: pathToFileURL(path.join(root, 'sub', 'place.ts')).href,
      own: file,
    });
  });

  it('lets a CommonJS file beside the plugin require', async () => {
    await written('old.cjs', "module.exports = { sep: require('node:path').sep };");
    const file = await written('plugin.js', "import old from './old.cjs';\nexport const sep = old.sep;");

    expect(await imported(file)).toHaveProperty('sep', '/');
  });

  it('says where a mistake is', async () => {
    const file = path.join(fixtures, 'syntax-error.ts');

    expect(await prepare(file)).toEqual({
      kind: 'invalid',
      message: expect.stringContaining(`${file}:7:11: The symbol "count" has already been declared`),
      files: [file],
    });
  });

  it('says which import cannot be found and where it stands', async () => {
    const file = path.join(fixtures, 'imports-missing.ts');

    expect(await prepare(file)).toEqual({
      kind: 'invalid',
      message: expect.stringContaining(`${file}:1:25: Could not resolve "a-package-that-is-not-there"`),
      files: [file],
    });
  });

  it('names the files of a plugin with a mistake: the one it is in, and one that is not there', async () => {
    const spoilt = await written('sub/spoilt.ts', 'export const factor = ;');
    const file = await written('plugin.ts', "import './sub/spoilt.ts';\nimport './missing.ts';");

    const plugin = await prepare(file);

    expect(plugin.kind === 'invalid' && plugin.files.toSorted()).toEqual([
      path.join(root, 'missing.ts'),
      file,
      spoilt,
    ]);
  });

  it('leaves an import for later that may never be needed', async () => {
    const file = await written('plugin.ts', "export const load = () => import('not-there');");

    expect(await prepare(file)).toMatchObject({ kind: 'ready' });
  });

  it('says that a file cannot be read', async () => {
    expect(await prepare(path.join(root, 'nothing.ts'))).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('nothing.ts'),
    });
  });

  it('keeps its bundles to the user of the collector', async () => {
    const url = await prepared(path.join(fixtures, 'counts.ts'));

    expect((await stat(cacheFolder)).mode & 0o777).toBe(0o700);
    expect((await stat(new URL(url))).mode & 0o777).toBe(0o600);
  });

  it('gives the same bundle while nothing has changed, and a new one when an import has', async () => {
    const factor = await written('factor.ts', 'export const factor = 1;');
    const file = await written('plugin.ts', "export { factor } from './factor.ts';");
    const first = await prepared(file);
    expect(await prepared(file)).toBe(first);

    await writeFile(factor, 'export const factor = 2;');

    expect(await prepared(file)).not.toBe(first);
  });

  it('serves any number of instances that start in the same moment', async () => {
    const file = path.join(fixtures, 'counts.ts');

    const urls = await Promise.all(Array.from({ length: 20 }, () => prepared(file)));

    expect(new Set(urls).size).toBe(1);
    expect(await readdir(cacheFolder)).toEqual([path.basename(urls[0] ?? '')]);
  });

  it('makes a bundle anew that a power loss has left empty', async () => {
    const file = await written('plugin.ts', 'export const six: number = 6;');
    await writeFile(new URL(await prepared(file)), '');

    expect(await readFile(new URL(await prepared(file)), 'utf8')).toContain('six = 6');
  });

  it('keeps a bounded number of old bundles', async () => {
    for (const version of [1, 2, 3, 4, 5, 6])
      await prepared(await written('plugin.ts', `export const version = ${version};`));

    expect(await readdir(cacheFolder)).toHaveLength(4);
  });

  it('says that the cache cannot be written', async () => {
    await writeFile(cacheFolder, 'a file, not a folder');
    await chmod(cacheFolder, 0o600);

    await expect(prepare(path.join(fixtures, 'counts.ts'))).rejects.toThrow(`'${cacheFolder}'`);
  });

  it('prepares one plugin for many instances at the same time', async () => {
    const file = path.join(fixtures, 'counts.ts');

    const urls = await Promise.all(Array.from({ length: 20 }, () => prepared(file)));

    expect(new Set(urls).size).toBe(1);
  });
});
