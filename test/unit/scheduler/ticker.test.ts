import { describe, expect, it } from 'vitest';
import { Ticker } from '../../../src/scheduler/ticker.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A signal that never aborts. */
function never(): AbortSignal {
  return new AbortController().signal;
}

/** Takes ticks for ever, each followed by work of so many milliseconds, and notes when they were taken. */
async function takeTicks(
  ticker: Ticker,
  clock: FakeClock,
  workMs: readonly number[],
  seen: number[],
): Promise<void> {
  for (const ms of workMs) {
    await ticker.next(never());
    seen.push(clock.monotonic());
    await clock.sleep(ms);
  }
}

describe('Ticker', () => {
  it('ticks at the interval after the first delay, whatever the work takes', async () => {
    const clock = new FakeClock();
    const ticker = new Ticker(clock, { intervalSecs: 10, firstDelaySecs: 4 });
    const seen: number[] = [];
    void takeTicks(ticker, clock, [0, 300, 9999, 10_000, 10_001, 0, 0], seen);
    await clock.advance(100_000);
    expect(seen).toEqual([4000, 14_000, 24_000, 34_000, 44_000, 64_000, 74_000]);
  });

  it('takes one tick after the machine was suspended for hours, and counts the others with the next', async () => {
    const clock = new FakeClock();
    const ticker = new Ticker(clock, { intervalSecs: 10, firstDelaySecs: 0 });
    await ticker.next(never());
    await clock.advance(7_200_000);
    await expect(ticker.next(never())).resolves.toEqual({ number: 720, dueMs: 7_200_000, skipped: 719 });
  });

  it('is not disturbed by a wall clock that jumps', async () => {
    const clock = new FakeClock();
    const ticker = new Ticker(clock, { intervalSecs: 10, firstDelaySecs: 0 });
    const seen: number[] = [];
    void takeTicks(ticker, clock, [0, 0, 0], seen);
    await clock.advance(5000);
    clock.jump(-86_400_000);
    await clock.advance(20_000);
    expect(seen).toEqual([0, 10_000, 20_000]);
  });

  it('waits through an interval that is longer than a timer can hold', async () => {
    const clock = new FakeClock();
    const ticker = new Ticker(clock, { intervalSecs: 5_000_000, firstDelaySecs: 0 });
    await ticker.next(never());
    let ticked = false;
    void ticker.next(never()).then(() => (ticked = true));
    await clock.advance(4_999_999_999);
    expect(ticked).toBe(false);
    expect(Math.max(...clock.pending)).toBeLessThan(2 ** 31);
    await clock.advance(1);
    expect(ticked).toBe(true);
  });

  it('gives no tick once it is told to stop', async () => {
    const clock = new FakeClock();
    const ticker = new Ticker(clock, { intervalSecs: 10, firstDelaySecs: 5 });
    const stop = new AbortController();
    const tick = ticker.next(stop.signal);
    stop.abort();
    await expect(tick).resolves.toBeUndefined();
    expect(clock.pending).toEqual([]);
  });
});
