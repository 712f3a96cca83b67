import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';

const QUIET_MS = 60_000;

/** Says that writing fails once, then once a minute with a count, and that it works again. */
export class WriteTrouble {
  readonly #subject: string;
  readonly #logger: Logger;
  readonly #throttle: OnceInAWhile;
  #failing = false;

  /** `subject` completes "Cannot write …". */
  constructor(subject: string, clock: Clock, logger: Logger) {
    this.#subject = subject;
    this.#logger = logger;
    this.#throttle = new OnceInAWhile(clock, QUIET_MS);
  }

  /** `consequence` says what becomes of what was not written. */
  failed(error: unknown, consequence: string): void {
    this.#failing = true;
    const failures = this.#throttle.happened();
    if (failures === undefined) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#logger.error(`Cannot write ${this.#subject}: ${reason}; ${consequence}`, { error, failures });
  }

  /** `meanwhile` says what the trouble has cost. */
  worked(meanwhile: () => string): void {
    if (!this.#failing) return;
    this.#failing = false;
    this.#throttle.ended();
    this.#logger.info(`Writing ${this.#subject} works again; ${meanwhile()}`);
  }
}
