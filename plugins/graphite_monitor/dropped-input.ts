export interface DroppedInputSetup {
  readonly warn: (message: string, kind: string) => void;
  /** Seconds between two warnings of a kind. */
  readonly everySecs: number;
}

interface Unsaid {
  count: number;
  latest: () => string;
  timer: NodeJS.Timeout;
}

/**
 * Warns of input that is left out: of the first at once, and from then on, once in a while, of the latest with the number
 * of all since the last warning. Nothing is left out without being counted.
 */
export class DroppedInput {
  readonly #setup: DroppedInputSetup;
  readonly #unsaid = new Map<string, Unsaid>();

  constructor(setup: DroppedInputSetup) {
    this.#setup = setup;
  }

  /**
   * `kind` is a word to search for: drops of one kind are counted together. `message` tells what was left out, why, and
   * what to do; it is asked for only when it is said.
   */
  add(kind: string, message: () => string): void {
    const unsaid = this.#unsaid.get(kind);
    if (unsaid === undefined) {
      this.#setup.warn(message(), kind);
      const timer = setInterval(() => this.#sayAgain(kind), this.#setup.everySecs * 1000);
      this.#unsaid.set(kind, { count: 0, latest: message, timer });
    } else {
      unsaid.count++;
      unsaid.latest = message;
    }
  }

  /** Says what has not been said, and leaves no timer behind. */
  close(): void {
    for (const kind of this.#unsaid.keys()) {
      this.#say(kind);
      this.#forget(kind);
    }
  }

  #sayAgain(kind: string): void {
    if (!this.#say(kind)) this.#forget(kind);
  }

  #say(kind: string): boolean {
    const unsaid = this.#unsaid.get(kind);
    if (unsaid === undefined || unsaid.count === 0) return false;
    this.#setup.warn(`${unsaid.latest()} (${unsaid.count} such since the last message)`, kind);
    unsaid.count = 0;
    return true;
  }

  #forget(kind: string): void {
    clearInterval(this.#unsaid.get(kind)?.timer);
    this.#unsaid.delete(kind);
  }
}
