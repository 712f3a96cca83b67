/** How long the log stays quiet about a thing that keeps happening, by default: ten minutes. */
const QUIET_MS = 600_000;

/** The part of a clock that counts quiet times: milliseconds since an arbitrary start. */
interface MonotonicClock {
  monotonic(): number;
}

/** Decides when something that happens again and again is worth a message: the first time, then once in a while. */
export class OnceInAWhile {
  readonly #clock: MonotonicClock;
  readonly #quietMs: number;
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #unsaid = 0;

  constructor(clock: MonotonicClock, quietMs = QUIET_MS) {
    this.#clock = clock;
    this.#quietMs = quietMs;
  }

  /** It happened (`times` times). Gives how often since the last message when it is time for one, else undefined. */
  happened(times = 1): number | undefined {
    this.#unsaid += times;
    const now = this.#clock.monotonic();
    if (now - this.#saidAtMs < this.#quietMs) return undefined;
    this.#saidAtMs = now;
    const count = this.#unsaid;
    this.#unsaid = 0;
    return count;
  }

  /** It is over: the next time is a first time. */
  ended(): void {
    this.#saidAtMs = Number.NEGATIVE_INFINITY;
    this.#unsaid = 0;
  }
}
