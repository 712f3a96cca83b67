import type { Clock } from '../clock/clock.ts';

/** How a delivery is brought to an end: first it is asked to finish, then it is told to. */
export class StopSignals {
  readonly #asked = new AbortController();
  readonly #told = new AbortController();

  /** Aborts when stop was asked for: nothing is waited for any more, every request gets one last try. */
  get asked(): AbortSignal {
    return this.#asked.signal;
  }

  /** Aborts when the time is up: requests are cut off. */
  get told(): AbortSignal {
    return this.#told.signal;
  }

  /** Asks now and tells after `deadlineMs`, unless `finished` resolves before. */
  async stop(deadlineMs: number, clock: Clock, finished: Promise<void>): Promise<void> {
    this.#asked.abort();
    const cancel = clock.schedule(() => {
      this.#told.abort();
    }, deadlineMs);
    await finished;
    cancel();
  }
}
