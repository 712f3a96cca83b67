import { describe, expect, it } from 'vitest';
import { encodeFloat, encodeValue } from '../../../src/metric-line/encode-value.ts';
import { Float } from '../../../src/metric-line/float.ts';

describe('encodeValue', () => {
  it.each([
    [0, '0'],
    [-7, '-7'],
    [2 ** 53, '9007199254740992'],
    [-(2 ** 53), '-9007199254740992'],
    [2 ** 53 + 2, '9007199254740994.0'],
    [-0, '-0.0'],
    [0.5, '0.5'],
    [1e21, '1e21'],
    [Number.NaN, 'null'],
    [-Infinity, 'null'],
    [2n ** 64n, '18446744073709551616'],
    [-1n, '-1'],
    [new Float(1), '1.0'],
    [new Float(-0), '-0.0'],
    [new Float(Infinity), 'null'],
    [true, 'true'],
    [false, 'false'],
  ])('writes %s as %s', (value, expected) => {
    expect(encodeValue(value)).toBe(expected);
  });

  it.each([
    [1e-5, '0.00001'],
    [0.0000123, '0.0000123'],
    [9.9e-6, '9.9e-6'],
    [1e-6, '1e-6'],
    [-1.5e-6, '-1.5e-6'],
    [0.000123, '0.000123'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e16'],
    [1.2345678901234568e16, '1.2345678901234568e16'],
    [-1.5e300, '-1.5e300'],
  ])('writes the float %s as %s, changing its form at 1e-5 and at 1e16', (value, expected) => {
    expect(encodeFloat(value)).toBe(expected);
  });

  it('writes a text that holds half of a surrogate pair in ASCII altogether', () => {
    expect(encodeValue('é\u007f\ud800 😀')).toBe(String.raw`"\u00e9\u007f\ud800 \ud83d\ude00"`);
  });

  it.each([[null], [undefined], [[1]], [{ a: 1 }], [() => 1], [Symbol('x')], [Object(1)]])(
    'knows no form for %s',
    (value) => {
      expect(encodeValue(value)).toBeUndefined();
    },
  );
});
