import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLUGINS } from './plugin.ts';
import { shapeDifferences, shapesOf } from './recorded-shapes.ts';
import { NOT_COMPARED, RECORDED_RUNS } from './recorded-runs.ts';

const GOLDEN = path.resolve(import.meta.dirname, '../../golden/monitors');

describe('recorded runs of the agent’s own monitors', () => {
  it('are all compared, or it is said why not', () => {
    const named = [...RECORDED_RUNS.map(({ recording }) => recording), ...Object.keys(NOT_COMPARED)];
    expect(named.sort()).toEqual(readdirSync(GOLDEN).sort());
  });

  it.each(RECORDED_RUNS)(
    '$recording: $testcase has the same names, fields and types, but for what is listed',
    ({ recording, testcase, differences = {} }) => {
      const [plugin = '', name = ''] = testcase.split('/');
      const recorded = readFileSync(path.join(GOLDEN, recording), 'utf8');
      const ours = readFileSync(path.join(PLUGINS, plugin, 'testcases', name, 'expected.txt'), 'utf8');
      expect(shapesOf(recorded)).not.toEqual([]);
      expect(shapeDifferences(recorded, ours)).toEqual(Object.keys(differences));
    },
  );
});
