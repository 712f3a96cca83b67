import { readRss } from './process-stats.ts';

const EVERY_MS = 50;

/** Looks at the memory of a process again and again. */
export class MemoryWatch {
  readonly #samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#timer = setInterval(() => this.#samples.push(readRss(pid)), EVERY_MS);
  }

  /** Bytes in use at each look so far, oldest first. */
  get samples(): readonly number[] {
    return this.#samples;
  }

  get maxBytes(): number {
    return Math.max(...this.#samples);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
