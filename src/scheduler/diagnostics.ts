import type { Clock } from '../clock/clock.ts';
import type { Diagnostic } from '../host/monitor-host.ts';
import type { Logger } from '../log/logger.ts';

/** So many characters of diagnostics of one monitor reach the log in one window: the agent's 2000 a second. */
const CHARACTERS_PER_WINDOW = 120_000;
const WINDOW_MS = 60_000;

/**
 * Passes what a plugin logs or prints on to the collector's log. The host bounds how fast messages come; this bounds how
 * much of the log one monitor may take in the long run.
 */
export class Diagnostics {
  readonly #monitor: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #windowEndsMs = Number.NEGATIVE_INFINITY;
  #characters = 0;
  #leftOut = 0;

  constructor(monitor: string, options: { readonly clock: Clock; readonly logger: Logger }) {
    this.#monitor = monitor;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  forward(diagnostic: Diagnostic): void {
    if (this.#clock.monotonic() >= this.#windowEndsMs) this.#openWindow();
    this.#characters += diagnostic.message.length + (diagnostic.stack?.length ?? 0);
    if (this.#characters > CHARACTERS_PER_WINDOW) {
      this.#leftOut += 1;
      return;
    }
    this.#logger[diagnostic.level](diagnostic.message, {
      monitor: this.#monitor,
      ...(diagnostic.origin !== 'log' && { origin: diagnostic.origin }),
      ...(diagnostic.location !== undefined && { location: diagnostic.location }),
      ...(diagnostic.errorCode !== undefined && { errorCode: diagnostic.errorCode }),
      ...(diagnostic.stack !== undefined && { stack: diagnostic.stack }),
    });
  }

  #openWindow(): void {
    this.sayWhatWasLeftOut();
    this.#windowEndsMs = this.#clock.monotonic() + WINDOW_MS;
    this.#characters = 0;
  }

  /** Says how many messages were left out, when there were any. */
  sayWhatWasLeftOut(): void {
    if (this.#leftOut === 0) return;
    this.#logger.warn(
      `Left out ${this.#leftOut} messages of this monitor: it logged or printed more than ${CHARACTERS_PER_WINDOW} characters in a minute`,
      { monitor: this.#monitor },
    );
    this.#leftOut = 0;
  }
}
