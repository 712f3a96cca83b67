import { describe, expect, it } from 'vitest';
import { globsToRegExp } from '../../../src/monitor/globs-to-reg-exp.ts';

describe('globsToRegExp', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'web-1', false],
    ['web-*', 'web-1', true],
    ['web-?', 'web-12', false],
    ['web-[12]', 'web-2', true],
    ['web-[!12]', 'web-2', false],
    ['a.b', 'aXb', false],
    ['(a|b)+$', '(a|b)+$', true],
  ])('with %j, of %j, gives %s', (glob, text, matches) => {
    expect(globsToRegExp([glob]).test(text)).toBe(matches);
  });

  it('matches what one of several patterns matches', () => {
    expect(['web', 'db-1', 'mail'].filter((name) => globsToRegExp(['web', 'db-*']).test(name))).toEqual([
      'web',
      'db-1',
    ]);
  });

  it('matches nothing without a pattern', () => {
    expect(globsToRegExp([]).test('')).toBe(false);
  });
});
