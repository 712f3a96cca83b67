import { describe, expect, it } from 'vitest';
import { Float } from '../../../src/metric-line/float.ts';
import type { ExtraFields, MetricValue } from '../../../src/metric-line/metric-value.ts';
import { RateMetrics, roundTo5 } from '../../../src/monitor/rate-metrics.ts';

/** Rates after each of the values, which come at the given seconds. */
function ratesOf(
  entries: readonly string[],
  values: readonly (readonly [secs: number, value: MetricValue, fields?: ExtraFields])[],
): (number | undefined)[] {
  const rates = new RateMetrics('m', entries);
  return values.map(
    ([secs, value, fields]) =>
      rates.observe({ timeMs: secs * 1000, id: '', name: 'x', value, fields })?.value,
  );
}

describe('RateMetrics', () => {
  it('gives the change for each second', () => {
    expect(
      ratesOf(
        ['m:x'],
        [
          [0, 1],
          [2, 4],
          [5, new Float(4.5)],
          [6, 10n],
        ],
      ),
    ).toEqual([undefined, 1.5, 0.16667, 5.5]);
  });

  it('gives nothing when the counter fell, and goes on from there', () => {
    expect(
      ratesOf(
        ['m:x'],
        [
          [0, 10],
          [1, 3],
          [2, 5],
        ],
      ),
    ).toEqual([undefined, undefined, 2]);
  });

  it('gives nothing across eleven minutes or more', () => {
    expect(
      ratesOf(
        ['m:x'],
        [
          [0, 0],
          [660, 1],
          [1319.999, 661],
        ],
      ),
    ).toEqual([undefined, undefined, 1]);
  });

  it('gives nothing when no time has passed or the clock went back', () => {
    expect(
      ratesOf(
        ['m:x'],
        [
          [5, 1],
          [5, 2],
          [4, 3],
          [5, 4],
        ],
      ),
    ).toEqual([undefined, undefined, undefined, 1]);
  });

  it('gives nothing for what is no number, which does not count as a value either', () => {
    expect(
      ratesOf(
        ['m:x'],
        [
          [0, 1],
          [1, 'text'],
          [2, true],
          [3, Number.NaN],
          [4, 5],
        ],
      ),
    ).toEqual([undefined, undefined, undefined, undefined, 1]);
  });

  it('keeps fields apart, whatever their order', () => {
    const a = { host: 'a', port: 1 };
    expect(
      ratesOf(
        ['m:x'],
        [
          [0, 1, a],
          [0, 9, { host: 'b', port: 1 }],
          [1, 3, { port: 1, host: 'a' }],
        ],
      ),
    ).toEqual([undefined, undefined, 2]);
  });

  it('takes only lines with the field of the entry, if it names one', () => {
    const values = [
      [0, 1, { type: 'user', n: 5 }],
      [1, 2, { type: 'user', n: 5 }],
      [2, 1, { type: 'sys', n: 6 }],
      [3, 2, { type: 'sys', n: 6 }],
      [4, 1, { n: 7 }],
      [5, 2, { n: 7 }],
    ] as const;
    expect(ratesOf(['m:x:type=user'], values)).toEqual([
      undefined,
      1,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(ratesOf(['m:x:type=user', 'm:x:n=7'], values)).toEqual([
      undefined,
      1,
      undefined,
      undefined,
      undefined,
      1,
    ]);
    expect(ratesOf(['m:x:type=user', 'm:x', 'm:x:type=sys'], values)).toEqual([
      undefined,
      1,
      undefined,
      1,
      undefined,
      1,
    ]);
  });

  it('is empty when no entry is for the monitor', () => {
    expect(new RateMetrics('m', ['n:x']).isEmpty).toBe(true);
    expect(new RateMetrics('m', ['m:x']).isEmpty).toBe(false);
  });

  it('forgets the series that was silent longest, so that its memory has a bound', () => {
    const rates = new RateMetrics('m', ['m:x']);
    const observe = (timeMs: number, host: number): number | undefined =>
      rates.observe({ timeMs, id: '', name: 'x', value: timeMs, fields: { host } })?.value;
    Array.from({ length: 10_000 }, (_, host) => observe(1000, host));
    expect(observe(2000, 0)).toBe(1000);
    observe(2000, 10_000);
    expect(observe(3000, 0)).toBe(1000);
    expect(observe(3000, 1)).toBeUndefined();
  });
});

describe('roundTo5', () => {
  it.each([
    [1 / 3, 0.33333],
    [2.000005, 2],
    [2.0000051, 2.00001],
    [1 / 64, 0.01562],
    [3 / 64, 0.04688],
    [1e22, 1e22],
    [0, 0],
  ])('rounds %s to %s, to the even neighbour from the very middle', (x, expected) => {
    expect(roundTo5(x)).toBe(expected);
  });
});
