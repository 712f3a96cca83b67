import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');
const PLUGINS = path.resolve(import.meta.dirname, '../../plugins');

/** Every folder may import from itself and from the folders named here: the path of a value, read downwards. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: [
    'agent',
    'monitor',
    'status',
    'receiver',
    'scheduler',
    'host',
    'config',
    'ledger',
    'log',
    'clock',
    'metric-line',
    'otlp',
  ],
  agent: [
    'status',
    'monitor',
    'scheduler',
    'host',
    'pump',
    'metric-log',
    'otlp',
    'config',
    'spool',
    'ledger',
    'metric-line',
    'log',
    'clock',
  ],
  status: ['scheduler', 'host', 'otlp', 'ledger', 'metric-line', 'log'],
  scheduler: ['host', 'monitor', 'config', 'metric-line', 'log', 'clock'],
  pump: ['metric-log', 'spool', 'ledger', 'metric-line', 'log', 'clock'],
  host: ['monitor', 'config', 'metric-line', 'log', 'clock'],
  'metric-log': ['monitor', 'metric-line', 'log', 'clock'],
  otlp: ['spool', 'ledger', 'config', 'metric-line', 'log', 'clock'],
  receiver: ['metric-line', 'clock'],
  monitor: ['config', 'metric-line'],
  config: ['metric-line'],
  ledger: ['log', 'clock'],
  spool: ['ledger', 'metric-line', 'log', 'clock'],
  'metric-line': [],
  log: ['metric-line'],
  clock: [],
};

interface SourceFile {
  readonly name: string;
  readonly folder: string;
  readonly imports: readonly string[];
}

function readSources(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      name,
      folder: name.split(path.sep)[0] ?? '',
      imports: relativeImports(path.join(root, name)).map((file) => path.relative(root, file)),
    }));
}

function relativeImports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map((match) =>
    path.join(path.dirname(file), match[1] ?? ''),
  );
}

function findCycle(sources: readonly Pick<SourceFile, 'name' | 'imports'>[]): readonly string[] | undefined {
  const importsOf = new Map(sources.map((source) => [source.name, source.imports]));
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of importsOf.get(name) ?? []) {
      const cycle = visit(next, [...trail, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const { name } of sources) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('architecture', () => {
  const sources = readSources(SRC);

  it('names every folder of src and what it may import', () => {
    expect(Object.keys(MAY_IMPORT).sort()).toEqual(
      [...new Set(sources.map((source) => source.folder))].sort(),
    );
  });

  it('imports down the path of a value only', () => {
    const wrong = sources.flatMap(({ name, folder, imports }) =>
      imports
        .filter((target) => {
          const other = target.split(path.sep)[0] ?? '';
          return other !== folder && !MAY_IMPORT[folder]?.includes(other);
        })
        .map((target) => `${name} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets no two folders import each other, not even by way of others', () => {
    const folders = Object.entries(MAY_IMPORT).map(([name, imports]) => ({ name, imports }));
    expect(findCycle(folders)).toBeUndefined();
  });

  it('has no circular imports, types included', () => {
    expect(findCycle(sources)).toBeUndefined();
    expect(findCycle(readSources(PLUGINS))).toBeUndefined();
  });

  it('imports only files that exist', () => {
    const names = new Set(sources.map((source) => source.name));
    const missing = sources.flatMap(({ name, imports }) =>
      imports.filter((target) => !names.has(target)).map((target) => `${name} imports ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it('ends the process in src/cli only, but for the entries of child hosts', () => {
    const enders = sources
      .filter(({ folder }) => folder !== 'cli')
      .filter(({ name }) =>
        /^\s*(?:await )?process\.exit\(/m.test(readFileSync(path.join(SRC, name), 'utf8')),
      )
      .map(({ name }) => name);
    expect(enders.filter((name) => !/^host\/.*entry/.test(name))).toEqual([]);
  });

  it('reads the time in src/clock only', () => {
    const readers = sources
      .filter(({ folder }) => folder !== 'clock' && folder !== 'cli')
      .filter(({ name }) =>
        /\bDate\.now\(\)|performance\.now\(\)/.test(readFileSync(path.join(SRC, name), 'utf8')),
      )
      .map(({ name }) => name);
    expect(readers).toEqual([]);
  });
});
