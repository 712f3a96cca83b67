import { describe, expect, it } from 'vitest';
import { isLimited, RateLimiter } from '../../../src/metric-log/rate-limit.ts';

/** What a metric log holds after monitors emitted lines at the given times, as the agent's recordings show it. */
function emit(
  limiter: RateLimiter,
  lines: readonly { readonly text: string; readonly atMs: number }[],
): string[] {
  return lines.flatMap(({ text, atMs }) => {
    const verdict = limiter.offer(text.length, atMs);
    if (verdict.kind === 'dropped') return [];
    return verdict.kind === 'accepted' ? [text] : [verdict.warning, text];
  });
}

function values(prefix: string, numbers: readonly number[], atMs: (n: number) => number) {
  return numbers.map((n) => ({ text: `2026-11-22 17:39:57.499Z [${prefix}] m ${n}`, atMs: atMs(n) }));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('RateLimiter', () => {
  it('lets a burst through and drops the rest, as recorded of the agent', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 200, writeRate: 100 });
    expect(
      emit(
        limiter,
        values('ratemod(7)', range(8), () => 0),
      ),
    ).toEqual([
      '2026-11-22 17:39:57.499Z [ratemod(7)] m 0',
      '2026-11-22 17:39:57.499Z [ratemod(7)] m 1',
      '2026-11-22 17:39:57.499Z [ratemod(7)] m 2',
      '2026-11-22 17:39:57.499Z [ratemod(7)] m 3',
    ]);
  });

  it('puts the warning before the next line it accepts, and charges it too, as recorded of the agent', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 200, writeRate: 100 });
    const burst = values('ratemod2(7)', range(10), () => 0);
    const later = values('ratemod2(7)', [100, 101], () => 1200);
    expect(emit(limiter, [...burst, ...later])).toEqual([
      '2026-11-22 17:39:57.499Z [ratemod2(7)] m 0',
      '2026-11-22 17:39:57.499Z [ratemod2(7)] m 1',
      '2026-11-22 17:39:57.499Z [ratemod2(7)] m 2',
      '2026-11-22 17:39:57.499Z [ratemod2(7)] m 3',
      '.... Warning, skipped writing 6 log lines due to limit set by `monitor_log_write_rate` option...',
      '2026-11-22 17:39:57.499Z [ratemod2(7)] m 100',
    ]);
  });

  it.each([39, 42, 46])(
    'writes 2304 lines of 5000 at the default rate, at %d µs for each, as recorded',
    (us) => {
      const limiter = new RateLimiter({ maxWriteBurst: 100_000, writeRate: 2000 });
      const written = emit(
        limiter,
        values('ratemod4()', range(5000), (n) => (n * us) / 1000),
      );
      expect(written).toHaveLength(2304);
      expect(Buffer.byteLength(`${written.join('\n')}\n`)).toBe(102_625);
    },
  );

  it('holds back the line after dropped ones until its warning fits too', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 200, writeRate: 100 });
    limiter.offer(200, 0);
    limiter.offer(10, 0);
    expect(limiter.offer(10, 1000).kind).toBe('dropped');
    expect(limiter.offer(10, 1070).kind).toBe('accepted-after-drops');
  });

  it('is never shut for good by a warning that is larger than the bucket', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 50, writeRate: 10 });
    limiter.offer(50, 0);
    limiter.offer(40, 0);
    expect(limiter.offer(40, 4800).kind).toBe('dropped');
    expect(limiter.offer(40, 5000).kind).toBe('accepted-after-drops');
    expect(limiter.offer(40, 6000).kind).toBe('dropped');
  });

  it('drops a line that is larger than the bucket', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 50, writeRate: 10 });
    expect(limiter.offer(51, 0).kind).toBe('dropped');
  });

  it('lets one burst through and nothing more at a rate of zero', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 50, writeRate: 0 });
    expect(limiter.offer(50, 0).kind).toBe('accepted');
    expect(limiter.offer(1, 1e12).kind).toBe('dropped');
  });
});

describe('isLimited', () => {
  it('is false as soon as one of the numbers is negative', () => {
    expect(isLimited({ maxWriteBurst: 0, writeRate: 0 })).toBe(true);
    expect(isLimited({ maxWriteBurst: -1, writeRate: 2000 })).toBe(false);
    expect(isLimited({ maxWriteBurst: 100_000, writeRate: -1 })).toBe(false);
  });
});
