import type { Clock } from '../clock/clock.ts';

/** Lets the owner of a slot go; calling it again does nothing. */
export type Leave = () => void;

/**
 * Lets only a few hosts start at the same time, so that fifty monitors do not compile and allocate all at once. A slot
 * whose owner takes too long is given to the next one: a monitor that hangs in initialize holds up nobody.
 */
export class StartGate {
  readonly #clock: Clock;
  readonly #longestMs: number;
  readonly #queue: (() => void)[] = [];
  #free: number;

  constructor(clock: Clock, options: { readonly slots: number; readonly longestMs: number }) {
    this.#clock = clock;
    this.#free = options.slots;
    this.#longestMs = options.longestMs;
  }

  /** Waits for a slot and takes it. When `signal` aborts first, nothing should be started; leaving is harmless. */
  async enter(signal: AbortSignal): Promise<Leave> {
    if (signal.aborted) return () => {};
    if (this.#free > 0) this.#free -= 1;
    else if (!(await this.#turn(signal))) return () => {};
    return this.#leaveOnce();
  }

  /** True when a slot was handed over, false when the wait was given up. */
  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const proceed = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        this.#queue.splice(this.#queue.indexOf(proceed), 1);
        resolve(false);
      };
      this.#queue.push(proceed);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #leaveOnce(): Leave {
    let inside = true;
    const leave = (): void => {
      if (!inside) return;
      inside = false;
      cancel();
      this.#handOver();
    };
    const cancel = this.#clock.schedule(leave, this.#longestMs);
    return leave;
  }

  #handOver(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
