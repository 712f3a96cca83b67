import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPackage } from '../../../src/monitor/load-package.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('loadPackage', () => {
  it('finds a package from where the plugin stands', () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'node_modules/driver'), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules/driver/index.js'), 'exports.answer = 42;');
    const plugin = pathToFileURL(path.join(folder, 'plugins/mine/mine.ts')).href;
    expect(loadPackage('driver', plugin)).toEqual({ answer: 42 });
  });

  it.each([
    ['no-such-driver', 'npm install no-such-driver'],
    ['no-such-driver/promise', 'npm install no-such-driver'],
    ['@scope/no-such-driver/promise', 'npm install @scope/no-such-driver'],
  ])('says how to install %s', (name, command) => {
    expect(() => loadPackage(name, import.meta.url)).toThrow(
      `Cannot load "${name}", which this monitor needs: run "${command}" where the collector is installed`,
    );
  });
});
