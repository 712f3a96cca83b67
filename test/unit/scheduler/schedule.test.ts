import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSampleDelaySecs, nextTick, scheduleFrom } from '../../../src/scheduler/schedule.ts';

const EVERY_10_S = scheduleFrom(5000, 10);

describe('nextTick', () => {
  it('starts with tick 0 at the start', () => {
    expect(nextTick(EVERY_10_S, -1, 1000)).toEqual({ number: 0, dueMs: 5000, skipped: 0 });
  });

  it('still takes tick 0 when it is asked for a moment after the start', () => {
    expect(nextTick(scheduleFrom(100, 10), -1, 100.5)).toEqual({ number: 0, dueMs: 100, skipped: 0 });
    expect(nextTick(scheduleFrom(100, 10), -1, 10_099)).toEqual({ number: 0, dueMs: 100, skipped: 0 });
  });

  it('keeps to the interval however late the tick before was taken', () => {
    expect(nextTick(EVERY_10_S, 0, 5400)).toEqual({ number: 1, dueMs: 15_000, skipped: 0 });
    expect(nextTick(EVERY_10_S, 1, 24_999)).toEqual({ number: 2, dueMs: 25_000, skipped: 0 });
  });

  it('takes a tick that is due at this very moment', () => {
    expect(nextTick(EVERY_10_S, 0, 15_000)).toEqual({ number: 1, dueMs: 15_000, skipped: 0 });
  });

  it('skips and counts the ticks that went by', () => {
    expect(nextTick(EVERY_10_S, 0, 15_001)).toEqual({ number: 2, dueMs: 25_000, skipped: 1 });
  });

  it('skips an hour of ticks after an hour of suspension, without a burst', () => {
    expect(nextTick(EVERY_10_S, 3, 35_100 + 3_600_000)).toEqual({
      number: 364,
      dueMs: 3_645_000,
      skipped: 360,
    });
  });

  it('ticks without a pause, but not without end, when the interval is zero or less', () => {
    expect(nextTick(scheduleFrom(0, 0), 7, 7.5)).toEqual({ number: 8, dueMs: 8, skipped: 0 });
    expect(nextTick(scheduleFrom(0, -3), 7, 7.5)).toEqual({ number: 8, dueMs: 8, skipped: 0 });
  });

  it('is monotone, aligned and complete, whatever the gathers take', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0.001, max: 100_000, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { maxLength: 100 }),
        (startMs, intervalSecs, gatherTimesMs) => {
          const schedule = scheduleFrom(startMs, intervalSecs);
          let now = startMs;
          let last = -1;
          let skipped = 0;
          for (const gatherMs of gatherTimesMs) {
            const tick = nextTick(schedule, last, now);
            expect(tick.number).toBeGreaterThan(last);
            expect(tick.dueMs).toBeGreaterThanOrEqual(now);
            expect(tick.dueMs).toBe(startMs + tick.number * schedule.intervalMs);
            const before = startMs + (tick.number - 1) * schedule.intervalMs;
            expect(before < now || tick.number - 1 === last).toBe(true);
            skipped += tick.skipped;
            last = tick.number;
            now = tick.dueMs + gatherMs;
          }
          expect(last + 1).toBe(gatherTimesMs.length + skipped);
        },
      ),
    );
  });
});

describe('firstSampleDelaySecs', () => {
  it.each([
    [30, 6, 24],
    [10, 2, 8],
    [1, 0, 1],
    [39, 8, 31],
    [40, 15, 40],
    [3600, 15, 40],
    [12.5, 2, 10],
    [2.5, 0, 2],
    [0, 0, 0],
    [-5, 0, 0],
  ])('lies for an interval of %d s between %d and %d s', (intervalSecs, least, most) => {
    expect(firstSampleDelaySecs(intervalSecs, () => 0)).toBe(least);
    expect(firstSampleDelaySecs(intervalSecs, () => 0.999_999)).toBe(most);
  });

  it('gives every whole second of the range a chance', () => {
    expect([0, 0.25, 0.5, 0.75].map((random) => firstSampleDelaySecs(5, () => random))).toEqual([1, 2, 3, 4]);
  });
});
