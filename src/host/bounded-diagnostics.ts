import type { Clock } from '../clock/clock.ts';
import { MAX_MESSAGE_LENGTH, MAX_STACK_LENGTH, shorten } from './shorten.ts';

const WINDOW_MS = 1000;
const DEFAULT_MAX_PER_SECOND = 100;

/** What a message has to have to be bounded; the rest of it is passed on untouched. */
export interface Boundable {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly timeMs: number;
  readonly stack?: string;
}

export interface BoundedDiagnosticsOptions<Message extends Boundable> {
  readonly clock: Clock;
  readonly deliver: (message: Message) => void;
  /** Makes the message that stands for `dropped` others. */
  readonly summarize: (message: Boundable) => Message;
  readonly maxPerSecond?: number;
}

/** Lets at most so many messages a second through, each of bounded length, and says how many it dropped. */
export class BoundedDiagnostics<Message extends Boundable> {
  readonly #options: BoundedDiagnosticsOptions<Message>;
  readonly #maxPerSecond: number;
  #windowStart = Number.NEGATIVE_INFINITY;
  #delivered = 0;
  #dropped = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: BoundedDiagnosticsOptions<Message>) {
    this.#options = options;
    this.#maxPerSecond = options.maxPerSecond ?? DEFAULT_MAX_PER_SECOND;
  }

  report(message: Message): void {
    if (this.#options.clock.monotonic() - this.#windowStart >= WINDOW_MS) this.#openWindow();
    if (this.#delivered < this.#maxPerSecond) {
      this.#delivered += 1;
      this.#options.deliver(bounded(message));
      return;
    }
    this.#dropped += 1;
    this.#cancelTimer ??= this.#options.clock.schedule(() => this.flush(), WINDOW_MS);
  }

  /** Says now how many messages were dropped since this was last said. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#dropped === 0) return;
    const what = this.#dropped === 1 ? '1 message' : `${this.#dropped} messages`;
    const message = `Dropped ${what}: at most ${this.#maxPerSecond} are taken in a second`;
    this.#dropped = 0;
    this.#options.deliver(
      this.#options.summarize({ level: 'warn', message, timeMs: this.#options.clock.now() }),
    );
  }

  #openWindow(): void {
    this.flush();
    this.#windowStart = this.#options.clock.monotonic();
    this.#delivered = 0;
  }
}

function bounded<Message extends Boundable>(message: Message): Message {
  return {
    ...message,
    message: shorten(message.message, MAX_MESSAGE_LENGTH),
    ...(message.stack === undefined ? {} : { stack: shorten(message.stack, MAX_STACK_LENGTH) }),
  };
}
