import type { Clock } from '../clock/clock.ts';

const SYNC_INTERVAL_MS = 1000;

/** Syncs once a second while there is something to sync. */
export class SyncSchedule {
  readonly #clock: Clock;
  readonly #sync: () => Promise<void>;
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();

  /** `sync` never rejects. */
  constructor(clock: Clock, sync: () => Promise<void>) {
    this.#clock = clock;
    this.#sync = sync;
  }

  /** Something was written: it is synced within a second. */
  written(): void {
    this.#cancel ??= this.#clock.schedule(() => {
      this.#cancel = undefined;
      this.#running = this.#running.then(this.#sync);
    }, SYNC_INTERVAL_MS);
  }

  /** Forgets what is planned and waits for what is running. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#running;
  }
}
