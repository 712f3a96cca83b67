import type { Clock } from '../clock/clock.ts';

/** Lets one waiter sleep until somebody rings; a ring while nobody waits is not lost. */
export class Wakeup {
  readonly #clock: Clock;
  #rung = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung.abort();
  }

  /** Resolves at the next ring since the last wait, at the latest after `ms`. */
  async wait(ms: number): Promise<void> {
    await this.#clock.sleep(ms, this.#rung.signal);
    if (this.#rung.signal.aborted) this.#rung = new AbortController();
  }
}
