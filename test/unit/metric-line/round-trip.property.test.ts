import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFloat } from '../../../src/metric-line/encode-value.ts';
import { Float } from '../../../src/metric-line/float.ts';
import { formatLine } from '../../../src/metric-line/format-line.ts';
import { compareCodePoints, legalName } from '../../../src/metric-line/metric-name.ts';
import type { MetricValue } from '../../../src/metric-line/metric-value.ts';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import type { LineValue } from '../../../src/metric-line/parsed-line.ts';
import { splitRecords } from '../../../src/metric-line/split-records.ts';

interface Case {
  readonly value: MetricValue;
  readonly read: LineValue;
}

/** A value and what parsing its line must give, said without the encoder where it is not the subject. */
const anyCase: fc.Arbitrary<Case> = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => ({ value, read: { kind: 'string' as const, text: value } })),
  fc.string({ unit: 'grapheme' }).map((value) => ({ value, read: { kind: 'string' as const, text: value } })),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }).map((value) => ({
    value,
    read: { kind: 'string' as const, text: value },
  })),
  fc.maxSafeInteger().map((value) => ({ value, read: { kind: 'int' as const, text: value.toString() } })),
  fc.bigInt().map((value) => ({ value, read: { kind: 'int' as const, text: value.toString() } })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({
    value: new Float(value),
    read: { kind: 'float' as const, text: encodeFloat(value) },
  })),
  fc.boolean().map((value) => ({ value, read: { kind: 'bool' as const, text: value.toString() } })),
  fc.constantFrom(Number.NaN, Infinity, -Infinity).map((value) => ({
    value,
    read: { kind: 'null' as const, text: 'null' },
  })),
);

/** Any name but one that ends in a line break, which the line keeps and the parser takes off. */
const anyName = fc
  .oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('value', '__proto__', 'a.b-c', 'métric'))
  .filter((name) => !name.endsWith('\n'));

const anyId = fc.string({ unit: 'grapheme' }).filter((id) => !/[()[\]\n]/.test(id));

const anyFields = fc.uniqueArray(fc.tuple(anyName, anyCase), { selector: ([name]) => name, maxLength: 5 });

describe('a metric line', () => {
  it('is one record for any legal value, and parsing gives the value and its fields back', () => {
    fc.assert(
      fc.property(anyName, anyCase, anyFields, anyId, (name, { value, read }, fields, id) => {
        const given = Object.fromEntries(fields.map(([field, entry]) => [field, entry.value]));
        const line = formatLine({ timeMs: 1_700_000_000_123, monitor: 'm', id, name, value, fields: given });
        expect(splitRecords(line + line)).toEqual([line, line]);
        expect(parseLine(line)).toEqual({
          timeMs: 1_700_000_000_123,
          monitor: 'm',
          id,
          metric: {
            name: legalName(name),
            value: read,
            fields: fields
              .toSorted(([a], [b]) => compareCodePoints(a, b))
              .map(([field, entry]) => ({ name: legalName(field), ...entry.read })),
          },
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every bit of a float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(encodeFloat(value))).toBe(value);
        expect(encodeFloat(value)).toMatch(/[.e]/);
      }),
    );
  });

  it('keeps its time to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (timeMs) => {
        expect(parseLine(formatLine({ timeMs, monitor: 'm', id: '', name: 'x', value: 1 }))?.timeMs).toBe(
          timeMs,
        );
      }),
    );
  });

  it('has a name that fixing would not change again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(legalName(legalName(name))).toBe(legalName(name));
      }),
    );
  });

  it('orders names as their code points are ordered', () => {
    const codePoints = (text: string): number[] =>
      Array.from(text, (character) => character.codePointAt(0) ?? 0);
    const byList = (a: number[], b: number[]): number => {
      const at = a.findIndex((code, i) => code !== b[i]);
      return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(byList(codePoints(a), codePoints(b))));
      }),
    );
  });

  it('is never made by text: parsing any text does not throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = parseLine(`2023-11-14 22:13:20.123Z [m()] ${text}`);
        expect(line).toMatchObject({ monitor: 'm', id: '' });
      }),
    );
  });
});
