import type { Clock } from '../clock/clock.ts';
import { sleepUntil } from './sleep-until.ts';

/** Stands for the answer that did not come in time. */
export const OVERDUE = Symbol('overdue');

/** The result of `work`, or {@link OVERDUE} after `deadlineMs`. The work itself is not cancelled. */
export async function within<T>(
  clock: Clock,
  deadlineMs: number,
  work: Promise<T>,
): Promise<T | typeof OVERDUE> {
  const answered = new AbortController();
  const overdue = sleepUntil(clock, clock.monotonic() + deadlineMs, answered.signal).then(
    (): typeof OVERDUE => OVERDUE,
  );
  try {
    return await Promise.race([work, overdue]);
  } finally {
    answered.abort();
  }
}
