import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../../src/config/format-problem.ts';
import type { MonitorOutcome } from '../../../src/config/monitor-from-text.ts';
import { monitorFromText } from '../../../src/config/monitor-from-text.ts';
import { Float } from '../../../src/metric-line/float.ts';

describe('monitorFromText', () => {
  it('makes the entry of a lone monitor', () => {
    expect(monitorFromText('{ gauss_mean: 5.0 }', { module: 'x.test_monitor' })).toEqual({
      kind: 'ok',
      monitor: {
        module: 'x.test_monitor',
        id: '',
        name: 'test_monitor()',
        config: { gauss_mean: new Float(5), module: 'x.test_monitor' },
        source: { file: '--monitor-config', line: 1, column: 1 },
        stopAgentOnFailure: false,
      },
    });
  });

  it('takes an id from the configuration', () => {
    expect(monitorFromText('{ id: "foo" }', { module: 'm' })).toMatchObject({ monitor: { name: 'm(foo)' } });
  });

  it.each([
    [
      '{ gauss_mean 5 }',
      '--monitor-config:1:14: wanted ":" after the name "gauss_mean", found a number; unusual names stand in quotes',
    ],
    ['[]', '--monitor-config:1:1: wanted an object, { … }, found a list'],
    [
      '{ sample_interval: -1 }',
      '--monitor-config:1:20: sample_interval: wanted a number of seconds above 0, at most 2147483, found -1',
    ],
  ])('says what is wrong in %s', (text, problem) => {
    expect(printed(monitorFromText(text, { module: 'm' }))).toEqual([problem]);
  });

  it('says when the name of the module is none', () => {
    expect(printed(monitorFromText('{}', { module: 'a b' }))).toEqual([
      'MODULE:1:1: module: wanted the name of a module, possibly dotted, found "a b"',
    ]);
  });
});

function printed(outcome: MonitorOutcome): readonly string[] {
  return outcome.kind === 'ok' ? [] : outcome.problems.map((problem) => formatProblem(problem));
}
