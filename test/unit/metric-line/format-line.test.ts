import { describe, expect, it } from 'vitest';
import { Float } from '../../../src/metric-line/float.ts';
import { formatLine, formatTextLine } from '../../../src/metric-line/format-line.ts';
import { UnsupportedValueType } from '../../../src/metric-line/unsupported-value-type.ts';

const at = { timeMs: 1_700_000_000_123, monitor: 'random_coin', id: '1' };

describe('formatLine', () => {
  it('writes time, monitor, name, value and the extra fields', () => {
    expect(formatLine({ ...at, name: 'uniform', value: 0.98, fields: { count: 1 } })).toBe(
      '2023-11-14 22:13:20.123Z [random_coin(1)] uniform 0.98 count=1\n',
    );
  });

  it('tells a whole number from a Float', () => {
    expect(formatLine({ ...at, name: 'm', value: 1 })).toMatch(/ m 1\n$/);
    expect(formatLine({ ...at, name: 'm', value: new Float(1) })).toMatch(/ m 1\.0\n$/);
  });

  it('sorts fields by the code points of their given names, before names are fixed', () => {
    const fields = { '😀': 1, '！': 2, b: 3, A: 4, _z: 5, 'b+': 6, 2: 7 };
    expect(formatLine({ ...at, name: 'm', value: 0, fields })).toBe(
      '2023-11-14 22:13:20.123Z [random_coin(1)] m 0 sa_2=7 A=4 _z=5 b=3 b_=6 sa__=2 sa__=1\n',
    );
  });

  it('reports each name that it had to change', () => {
    const fixed: string[] = [];
    formatLine({ ...at, name: '1m', value: 0, fields: { ok: 1, value: 2 } }, (kind, given, written) => {
      fixed.push(`${kind} ${given} ${written}`);
    });
    expect(fixed).toEqual(['metric 1m sa_1m', 'field value value_']);
  });

  it.each([
    [null, 'null', 'null'],
    [undefined, 'undefined', 'undefined'],
    [[1], 'Array', '[ 1 ]'],
    [{ a: 1 }, 'Object', '{ a: 1 }'],
    [new Map([[1, 2]]), 'Map', 'Map(1) { 1 => 2 }'],
    [Object.create(null), 'object', '[Object: null prototype] {}'],
    [Symbol('x'), 'symbol', 'Symbol(x)'],
  ])('refuses %j and says what it is', (value, type, shown) => {
    const sample = { ...at, name: 'm', value: value as number };
    expect(() => formatLine(sample)).toThrow(
      new UnsupportedValueType(
        `Unsupported metric value type of "${type}" with value "${shown}" for metric="m": ` +
          'only string, number, bigint, boolean and Float are supported',
      ),
    );
  });

  it('refuses a field without a value by its name', () => {
    const fields = { host: undefined as unknown as string };
    expect(() => formatLine({ ...at, name: 'm', value: 1, fields })).toThrow(
      'Unsupported field value type of "undefined" with value "undefined" for field="host": ' +
        'only string, number, bigint, boolean and Float are supported',
    );
  });

  it('refuses a name that is no string', () => {
    expect(() => formatLine({ ...at, name: 5 as unknown as string, value: 1 })).toThrow(
      new UnsupportedValueType(
        'Unsupported metric name type of "number" with value "5": it must be a string',
      ),
    );
  });

  it('does not run code of the value it refuses, and shows little of a large one', () => {
    const value = { toString: () => 'secret', [Symbol.for('nodejs.util.inspect.custom')]: () => 'secret' };
    expect(() => formatLine({ ...at, name: 'm', value: value as unknown as number })).toThrow(
      /^(?!.*secret")/,
    );
    const large = Array.from({ length: 100_000 }, () => 'x'.repeat(1000)) as unknown as number;
    expect(messageOf(() => formatLine({ ...at, name: 'm', value: large })).length).toBeLessThan(3000);
  });

  it('cuts fractions of a millisecond off, before 1970 too', () => {
    expect(formatLine({ ...at, timeMs: 999.9, name: 'm', value: 0 })).toMatch(/^1970-01-01 00:00:00\.999Z /);
    expect(formatLine({ ...at, timeMs: 1000.4, name: 'm', value: 0 })).toMatch(/^1970-01-01 00:00:01\.000Z /);
    expect(formatLine({ ...at, timeMs: -0.5, name: 'm', value: 0 })).toMatch(/^1969-12-31 23:59:59\.999Z /);
  });

  it.each([[Number.NaN], [Infinity], [253_402_300_800_000], [-62_167_219_200_001]])(
    'refuses the time %s, which has no four-digit year',
    (timeMs) => {
      expect(() => formatLine({ ...at, timeMs, name: 'm', value: 0 })).toThrow(RangeError);
    },
  );

  it('writes the first and the last time that have one', () => {
    expect(formatLine({ ...at, timeMs: -62_167_219_200_000, name: 'm', value: 0 })).toMatch(
      /^0000-01-01 00:00:00\.000Z/,
    );
    expect(formatLine({ ...at, timeMs: 253_402_300_799_999, name: 'm', value: 0 })).toMatch(
      /^9999-12-31 23:59:59\.999Z/,
    );
  });
});

describe('formatTextLine', () => {
  it('writes the text as it is, line breaks included', () => {
    expect(formatTextLine(at, 'two\nlines k=v')).toBe(
      '2023-11-14 22:13:20.123Z [random_coin(1)] two\nlines k=v\n',
    );
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
