import type { Clock } from '../clock/clock.ts';

/** Ends a request before its time: at its deadline, or when somebody asks for it. */
export class RequestEnd {
  readonly #controller = new AbortController();
  readonly #cancelDeadline: () => void;
  readonly #asked: AbortSignal;
  #reason: string | undefined;

  constructor(clock: Clock, timeoutMs: number, asked: AbortSignal) {
    this.#asked = asked;
    this.#cancelDeadline = clock.schedule(() => {
      this.#end(`no complete answer within ${timeoutMs} ms`);
    }, timeoutMs);
    if (asked.aborted) this.#stop();
    else asked.addEventListener('abort', this.#stop, { once: true });
  }

  /** To be given to the request. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What `work` comes to; rejects when the request is ended before, whether or not `work` takes notice of that. */
  async before<T>(work: Promise<T>): Promise<T> {
    const ended = new Promise<never>((_resolve, reject) => {
      const end = (): void => reject(new Error(this.#reason));
      if (this.signal.aborted) end();
      else this.signal.addEventListener('abort', end, { once: true });
    });
    return Promise.race([work, ended]);
  }

  /** Why it was ended; undefined when it was not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** The request is over: nothing is held any longer. */
  release(): void {
    this.#cancelDeadline();
    this.#asked.removeEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => {
    this.#end('stopped before the answer came');
  };

  #end(reason: string): void {
    this.#reason ??= reason;
    this.#controller.abort();
  }
}
