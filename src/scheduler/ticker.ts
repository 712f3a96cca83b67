import type { Clock } from '../clock/clock.ts';
import { nextTick, scheduleFrom } from './schedule.ts';
import type { Schedule, Tick } from './schedule.ts';
import { sleepUntil } from './sleep-until.ts';

/**
 * Hands out the ticks of a schedule one at a time. The owner asks for the next tick when it is done with the last, so
 * two gathers never overlap, and ticks whose time has gone by are skipped and counted, never made up for.
 */
export class Ticker {
  readonly intervalSecs: number;
  readonly #clock: Clock;
  readonly #schedule: Schedule;
  #last = -1;

  constructor(clock: Clock, times: { readonly intervalSecs: number; readonly firstDelaySecs: number }) {
    this.intervalSecs = times.intervalSecs;
    this.#clock = clock;
    this.#schedule = scheduleFrom(clock.monotonic() + times.firstDelaySecs * 1000, times.intervalSecs);
  }

  /** Waits for the next tick; undefined when `signal` aborted first. */
  async next(signal: AbortSignal): Promise<Tick | undefined> {
    const tick = nextTick(this.#schedule, this.#last, this.#clock.monotonic());
    await sleepUntil(this.#clock, tick.dueMs, signal);
    if (signal.aborted) return undefined;
    this.#last = tick.number;
    return tick;
  }
}
