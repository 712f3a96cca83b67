import type { Clock } from '../clock/clock.ts';

/** Longest delay a timer can hold (2^31 - 1 ms, 24.8 days); a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Resolves when the monotonic clock has reached `dueMs`, never earlier, or as soon as `signal` aborts. */
export async function sleepUntil(clock: Clock, dueMs: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    const remaining = dueMs - clock.monotonic();
    if (remaining <= 0 || signal.aborted) return;
    await clock.sleep(Math.min(remaining, LONGEST_TIMER_MS), signal);
  }
}
