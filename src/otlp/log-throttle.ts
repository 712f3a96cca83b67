import type { Clock } from '../clock/clock.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';

/** Keys remembered at most; a backend that finds new words for every error must not fill the memory. */
const MAX_KINDS = 50;

/** Lets the first message of a kind through, then one in a period. */
export class LogThrottle {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #kinds = new Map<string, OnceInAWhile>();

  constructor(clock: Clock, periodMs: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
  }

  /** Calls `write` with the number of messages of this kind that were held back since the last one, or not at all. */
  log(kind: string, write: (suppressed: number) => void): void {
    const times = this.#kind(kind).happened();
    if (times !== undefined) write(times - 1);
  }

  /** The trouble is over: the next one is said at once. */
  reset(): void {
    this.#kinds.clear();
  }

  #kind(name: string): OnceInAWhile {
    const known = this.#kinds.get(name);
    if (known !== undefined) return known;
    if (this.#kinds.size >= MAX_KINDS) this.#kinds.clear();
    const kind = new OnceInAWhile(this.#clock, this.#periodMs);
    this.#kinds.set(name, kind);
    return kind;
  }
}
