import { describe, expect, it } from 'vitest';
import { afterCrash, CLEAN_RECORD, DEFAULT_RESTART_POLICY } from '../../../src/scheduler/restart-policy.ts';
import type { CrashRecord, RestartDecision } from '../../../src/scheduler/restart-policy.ts';

const MINUTE = 60_000;

function decide(record: CrashRecord, crash: { atMs: number; livedMs: number }, random = 0): RestartDecision {
  return afterCrash(record, crash, { policy: DEFAULT_RESTART_POLICY, random: () => random });
}

/** Crashes at the given times, each after a life of `livedMs`. */
function delaysOf(times: readonly number[], livedMs: number): number[] {
  let record = CLEAN_RECORD;
  return times.map((atMs) => {
    const decision = decide(record, { atMs, livedMs });
    record = decision.record;
    return decision.delayMs;
  });
}

describe('afterCrash', () => {
  it('doubles the back-off with each crash, from 1 s to 5 min', () => {
    const everyThreeMinutes = Array.from({ length: 11 }, (_, n) => n * 3 * MINUTE);
    expect(delaysOf(everyThreeMinutes, MINUTE)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    ]);
  });

  it('starts from the beginning after ten healthy minutes', () => {
    const { record } = decide({ inARow: 6, recent: [] }, { atMs: 20 * MINUTE, livedMs: 10 * MINUTE });
    expect(record.inARow).toBe(1);
  });

  it('takes up to a quarter off the back-off, by chance', () => {
    expect(decide(CLEAN_RECORD, { atMs: 0, livedMs: 0 }, 0.5).delayMs).toBe(875);
  });

  it('parks for an hour at the fifth crash within ten minutes, then starts with a clean record', () => {
    const recent = [0, MINUTE, 2 * MINUTE, 3 * MINUTE];
    expect(decide({ inARow: 4, recent }, { atMs: 9 * MINUTE, livedMs: 0 })).toEqual({
      kind: 'park',
      delayMs: 60 * MINUTE,
      crashes: 5,
      record: CLEAN_RECORD,
    });
  });

  it('forgets crashes that are more than ten minutes old', () => {
    const recent = [0, MINUTE, 2 * MINUTE, 3 * MINUTE];
    expect(decide({ inARow: 4, recent }, { atMs: 10 * MINUTE, livedMs: 0 }).kind).toBe('restart');
  });
});
