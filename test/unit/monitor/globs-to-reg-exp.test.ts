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
    ['{a}-^/\\', '{a}-^/\\', true],
    ['*-*-*', 'a-b', false],
    ['*-*-*', 'a-b-', true],
    ['a*ab*b', 'aab', false],
    ['a*ab*b', 'a-aab-abb', true],
    ['*[ab]?*', 'xbc', true],
    ['[*]', 'x', false],
    ['[]-]', ']', true],
    ['[!]]', ']', false],
    ['[!]]', 'a', true],
    ['[a^-]', '^', true],
    ['[\\d]', '5', false],
    ['[z-a]', 'm', false],
    ['[cz-a-b]', '-', true],
    ['[a', '[a', true],
    ['[]', '[]', true],
    ['a?', 'a\u{1f600}', true],
    ['[\u{1f600}-\u{1f605}]', '\u{1f602}', true],
  ])('with %j, of %j, gives %s', (glob, text, matches) => {
    expect(globsToRegExp([glob]).test(text)).toBe(matches);
  });

  it('matches what one of several patterns matches', () => {
    expect(['web', 'db-1', 'mail'].filter((name) => globsToRegExp(['web', 'db-*']).test(name))).toEqual([
      'web',
      'db-1',
    ]);
  });

  it('gives up soon on a text that is made to fit in many ways but one', () => {
    expect(globsToRegExp(['*a*a*a*a*a*a*a*a*b']).test('a'.repeat(1000))).toBe(false);
  });

  it('matches nothing without a pattern', () => {
    expect(globsToRegExp([]).test('')).toBe(false);
  });
});
