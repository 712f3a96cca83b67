import { describe, expect, it } from 'vitest';
import { Float } from '../../../src/metric-line/float.ts';
import { pythonText } from '../../../src/monitor/python-text.ts';

describe('pythonText', () => {
  it.each([
    ['a text', 'a text'],
    [true, 'True'],
    [7, '7'],
    [2n ** 64n, '18446744073709551616'],
    [new Float(5), '5.0'],
    [0.1, '0.1'],
    [new Float(1e16), '1e+16'],
    [new Float(-1.5e300), '-1.5e+300'],
    [0.00005, '5e-05'],
    [1.5e-7, '1.5e-07'],
    [0.0001, '0.0001'],
    [new Float(-0), '-0.0'],
    [Infinity, 'inf'],
    [Number.NaN, 'nan'],
    [['a', 1, null], "['a', 1, None]"],
    [{ a: { b: [false] } }, "{'a': {'b': [False]}}"],
    [["it's", 'say "it\'s"', 'a\\b\n\t\u0000é'], `["it's", 'say "it\\'s"', 'a\\\\b\\n\\t\\x00é']`],
  ])('writes %s as Python does', (value, expected) => {
    expect(pythonText(value)).toBe(expected);
  });
});
