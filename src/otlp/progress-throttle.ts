import type { Clock } from '../clock/clock.ts';
import type { CursorProgress } from './delivery-contract.ts';

/** Between two reports of one lane there is at least this time. */
const INTERVAL_MS = 100;

/** A lane that was reported a moment ago. */
interface Quiet {
  readonly cancel: () => void;
  /** What happened since. */
  latest: CursorProgress | undefined;
}

/** Lets at most ten reports a second of each lane through; the last one always gets through. */
export class ProgressThrottle {
  readonly #clock: Clock;
  readonly #send: (progress: CursorProgress) => void;
  readonly #quiet = new Map<string, Quiet>();

  constructor(clock: Clock, send: (progress: CursorProgress) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  report(progress: CursorProgress): void {
    const lane = `${progress.signal} ${progress.backend}`;
    const quiet = this.#quiet.get(lane);
    if (quiet === undefined) this.#sendNow(lane, progress);
    else quiet.latest = progress;
  }

  /** Sends what is held back, and keeps no timer. */
  flush(): void {
    for (const { cancel, latest } of this.#quiet.values()) {
      cancel();
      if (latest !== undefined) this.#send(latest);
    }
    this.#quiet.clear();
  }

  #sendNow(lane: string, progress: CursorProgress): void {
    this.#send(progress);
    const cancel = this.#clock.schedule(() => this.#wake(lane), INTERVAL_MS);
    this.#quiet.set(lane, { cancel, latest: undefined });
  }

  #wake(lane: string): void {
    const latest = this.#quiet.get(lane)?.latest;
    this.#quiet.delete(lane);
    if (latest !== undefined) this.#sendNow(lane, latest);
  }
}
