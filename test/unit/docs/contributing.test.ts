import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument, ROOT } from './documents.ts';

const table = readDocument('CONTRIBUTING.md').split('## Dependencies')[1] ?? '';
const named = [...table.matchAll(/^\| (\S.*?) +\|/gm)].flatMap(([, cell]) => cell?.split(', ') ?? []);
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
) as Record<'dependencies' | 'devDependencies', Record<string, string>>;

describe('CONTRIBUTING.md', () => {
  it.each(Object.keys({ ...dependencies, ...devDependencies }))('gives the reason for %s', (dependency) => {
    const names = [dependency, dependency.replace('@opentelemetry/', '')];
    expect(named.filter((name) => names.includes(name))).toHaveLength(1);
  });

  it.each(Object.entries({ ...dependencies, ...devDependencies }))('%s is pinned to %s', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
