import type { Clock } from '../clock/clock.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Misbehaviour } from './misbehaviour.ts';

interface Ordered {
  readonly misbehaviour: Misbehaviour;
  readonly endsAt: number;
  requestsLeft: number;
}

/** Misbehaviours in the order they were asked for: the first one that still lasts decides about a request. */
export class MisbehaviourScript {
  readonly #clock: Clock;
  #ordered: Ordered[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(misbehaviour: Misbehaviour): void {
    this.#ordered.push({
      misbehaviour,
      endsAt: this.#clock.monotonic() + (misbehaviour.forMs ?? Infinity),
      requestsLeft: misbehaviour.requests ?? Infinity,
    });
  }

  clear(): void {
    this.#ordered = [];
  }

  /** What to do wrong with the next request for `signal`; counts the request. */
  next(signal: Signal): Misbehaviour | undefined {
    const now = this.#clock.monotonic();
    this.#ordered = this.#ordered.filter((one) => one.requestsLeft > 0 && now < one.endsAt);
    const current = this.#ordered.find(({ misbehaviour }) => (misbehaviour.signal ?? signal) === signal);
    if (current === undefined) return undefined;
    current.requestsLeft--;
    return current.misbehaviour;
  }
}
