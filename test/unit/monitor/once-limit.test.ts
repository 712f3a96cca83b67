import { describe, expect, it } from 'vitest';
import { OnceLimit } from '../../../src/monitor/once-limit.ts';

describe('OnceLimit', () => {
  it('lets a key through again when the time is over, counted from when it was last let through', () => {
    const limit = new OnceLimit();
    const times = [0, 999, 1000, 1999, 2000];
    expect(times.map((nowMs) => limit.allows('a', { secs: 1, nowMs }))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('lets a key through when the clock was set back', () => {
    const limit = new OnceLimit();
    limit.allows('a', { secs: 60, nowMs: 1_000_000 });
    expect(limit.allows('a', { secs: 60, nowMs: 0 })).toBe(true);
  });

  it('remembers 10,000 keys and forgets the oldest', () => {
    const limit = new OnceLimit();
    for (let key = 0; key <= 10_000; key++) limit.allows(`${key}`, { secs: 60, nowMs: key });
    expect(limit.allows('1', { secs: 60, nowMs: 10_000 })).toBe(false);
    expect(limit.allows('0', { secs: 60, nowMs: 10_000 })).toBe(true);
  });
});
