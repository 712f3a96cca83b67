/**
 * When one monitor instance is sampled: tick `n` is due at `startMs + n * intervalMs` on the monotonic clock. Every tick
 * is computed from the start, never from the one before, so neither late timers nor long gathers make it drift.
 */
export interface Schedule {
  readonly startMs: number;
  readonly intervalMs: number;
}

/** One turn of a schedule. */
export interface Tick {
  readonly number: number;
  readonly dueMs: number;
  /** Ticks between the one taken before and this one that were never taken, because their time had gone by. */
  readonly skipped: number;
}

/** Shortest interval: Scalyr accepts 0 and less, which means without a pause. */
export const MIN_INTERVAL_MS = 1;

/** The schedule that starts at `startMs`; what is not an interval becomes the shortest one. */
export function scheduleFrom(startMs: number, intervalSecs: number): Schedule {
  const intervalMs = intervalSecs * 1000;
  return { startMs, intervalMs: intervalMs >= MIN_INTERVAL_MS ? intervalMs : MIN_INTERVAL_MS };
}

/**
 * The first tick after tick `last` whose time has not gone by at `nowMs`; `last` is -1 before the first. Tick 0 may be
 * late by up to an interval: asking for it takes time, and a monitor that was just started is sampled at once.
 */
export function nextTick(schedule: Schedule, last: number, nowMs: number): Tick {
  const isFirst = last < 0 && nowMs < dueAt(schedule, 1);
  const number = isFirst ? 0 : Math.max(last + 1, firstTickFrom(schedule, nowMs));
  return { number, dueMs: dueAt(schedule, number), skipped: number - last - 1 };
}

/**
 * Whole seconds a monitor waits before its first sample, so that instances with one interval do not all work at the same
 * moment: between a fifth and four fifths of the interval, at most 15 to 40 s. `random` gives numbers in [0, 1).
 */
export function firstSampleDelaySecs(intervalSecs: number, random: () => number): number {
  if (!(intervalSecs > 0)) return 0;
  const long = intervalSecs >= 40;
  const least = long ? 15 : roundHalfToEven(0.2 * intervalSecs);
  const most = long ? 40 : roundHalfToEven(0.8 * intervalSecs);
  return least + Math.floor(random() * (most - least + 1));
}

function firstTickFrom(schedule: Schedule, nowMs: number): number {
  const estimate = Math.floor((nowMs - schedule.startMs) / schedule.intervalMs);
  // The division rounds, so the tick before and the tick after are candidates too.
  const candidates = [estimate - 1, estimate, estimate + 1];
  return candidates.find((tick) => dueAt(schedule, tick) >= nowMs) ?? estimate + 2;
}

function dueAt(schedule: Schedule, tick: number): number {
  return schedule.startMs + tick * schedule.intervalMs;
}

/** Python's round(), which the bounds of the delay are made with. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  const isHalf = rounded - value === 0.5;
  return isHalf && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
