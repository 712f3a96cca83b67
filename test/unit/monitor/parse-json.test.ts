import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, jsonAt, parseJson } from '../../../src/monitor/parse-json.ts';

describe('parseJson', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['[-9223372036854771712, 18446744073709551615]', [-9223372036854771712n, 18446744073709551615n]],
    ['{"a":1234567890123456789}', { a: 1234567890123456789n }],
    ['0.12345678901234567890', 0.12345678901234568],
    ['12345678901234567890.5', Number('12345678901234567890.5')],
    ['12345678901234567890e2', Number('12345678901234567890e2')],
    ['1e-0000000000000000001', 0.1],
    ['"12345678901234567890"', '12345678901234567890'],
    [String.raw`"a\"12345678901234567890"`, 'a"12345678901234567890'],
    ['{"12345678901234567890":null}', { '12345678901234567890': null }],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each(['', '{', '[1', 'nothing', '"1234567890123456789', '{"a":1234567890123456789'])(
    'gives nothing for %j, which is no JSON',
    (text) => {
      expect(parseJson(text)).toBeUndefined();
    },
  );

  it('gives up soon on a string of quotes that does not end', () => {
    expect(parseJson(`[1234567890123456, "${String.raw`\"`.repeat(1_000_000)}`)).toBeUndefined();
  });

  it('loses no digit of any whole number, wherever it stands', () => {
    const digits = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    fc.assert(
      fc.property(fc.string(), fc.array(digits), (name, numbers) => {
        const text = `{${JSON.stringify(name)}: [${numbers.join(', ')}]}`;
        const read = Object.values(parseJson(text) as Record<string, (number | bigint)[]>)[0];
        expect(read?.map(BigInt)).toEqual(numbers);
      }),
    );
  });

  it('otherwise reads what JSON.parse reads', () => {
    const rounded = (_name: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
    fc.assert(
      fc.property(fc.json(), (text) => {
        const [, read] = parseJson(`[1234567890123456789, ${text}]`) as unknown[];
        expect(JSON.stringify(read, rounded)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});

describe('jsonAt', () => {
  const value = { a: { b: [1], c: null } };

  it.each([
    ['a.b', [1]],
    ['a.c', null],
    ['a.d', undefined],
    ['a.b.0', undefined],
    ['a.c.d', undefined],
    ['a.constructor', undefined],
  ])('finds at %s what stands there', (path, found) => {
    expect(jsonAt(value, path)).toEqual(found);
  });
});

describe('isJsonObject', () => {
  it('takes objects only', () => {
    expect([{}, [], null, undefined, 'a', 1n].map((value) => isJsonObject(value))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
