/** How a monitor that crashes is restarted. */
export interface RestartPolicy {
  /** Back-off after the first crash; doubles with each further one. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** The back-off starts from the beginning after a life of this length. */
  readonly healthyAfterMs: number;
  /** So many crashes within `windowMs` park the monitor. */
  readonly crashesToPark: number;
  readonly windowMs: number;
  /** A parked monitor is tried again after this, with a clean record: causes pass (a database comes back). */
  readonly parkedMs: number;
}

/**
 * Back-off from 1 s to 5 min, from the beginning after 10 healthy minutes; five crashes within 10 minutes park a monitor
 * for an hour. So a monitor that dies at once costs five starts an hour.
 */
export const DEFAULT_RESTART_POLICY: RestartPolicy = {
  firstDelayMs: 1000,
  longestDelayMs: 300_000,
  healthyAfterMs: 600_000,
  crashesToPark: 5,
  windowMs: 600_000,
  parkedMs: 3_600_000,
};

/** What a monitor has on its record. Times are monotonic. */
export interface CrashRecord {
  /** Crashes since the last healthy life. */
  readonly inARow: number;
  /** When it crashed within the window, oldest first. */
  readonly recent: readonly number[];
}

export const CLEAN_RECORD: CrashRecord = { inARow: 0, recent: [] };

export type RestartDecision =
  | { readonly kind: 'restart'; readonly delayMs: number; readonly record: CrashRecord }
  | {
      readonly kind: 'park';
      readonly delayMs: number;
      readonly crashes: number;
      readonly record: CrashRecord;
    };

/** One crash: when it happened, on the monotonic clock, and how long the host had lived. */
export interface Crash {
  readonly atMs: number;
  readonly livedMs: number;
}

/**
 * What to do after a crash. The back-off varies by up to a quarter, so that monitors which died of one cause do not all
 * come back in the same moment; `random` gives numbers in [0, 1).
 */
export function afterCrash(
  record: CrashRecord,
  crash: Crash,
  options: { readonly policy: RestartPolicy; readonly random: () => number },
): RestartDecision {
  const { policy, random } = options;
  const recent = [...record.recent.filter((at) => crash.atMs - at < policy.windowMs), crash.atMs];
  if (recent.length >= policy.crashesToPark) {
    return { kind: 'park', delayMs: policy.parkedMs, crashes: recent.length, record: CLEAN_RECORD };
  }
  const inARow = crash.livedMs >= policy.healthyAfterMs ? 1 : record.inARow + 1;
  const longest = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (inARow - 1));
  return { kind: 'restart', delayMs: longest * (1 - random() / 4), record: { inARow, recent } };
}
