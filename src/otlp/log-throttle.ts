import type { Clock } from '../clock/clock.ts';

/** Keys remembered at most; a backend that finds new words for every error must not fill the memory. */
const MAX_KEYS = 50;

/** Lets the first message of a kind through, then one in a period. */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #kinds = new Map<string, { until: number; suppressed: number }>();

  constructor(clock: Clock, periodMs: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
  }

  /** Calls `write` with the number of messages of this kind that were held back since the last one, or not at all. */
  log(kind: string, write: (suppressed: number) => void): void {
    const now = this.#clock.monotonic();
    const known = this.#kinds.get(kind);
    if (known !== undefined && now < known.until) {
      known.suppressed++;
      return;
    }
    if (known === undefined && this.#kinds.size >= MAX_KEYS) this.#kinds.clear();
    this.#kinds.set(kind, { until: now + this.#periodMs, suppressed: 0 });
    write(known?.suppressed ?? 0);
  }

  /** The trouble is over: the next one is said at once. */
  reset(): void {
    this.#kinds.clear();
  }
}
