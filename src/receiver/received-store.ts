import type { ReceivedExport, ReceivedLog, ReceivedPoint } from './received.ts';

/** What the receiver has seen since it was started. */
export interface Totals {
  /** Requests answered, whatever the answer. */
  readonly requests: number;
  /** Requests whose answer was not 200, and connections closed without one. */
  readonly refusedRequests: number;
  /** Data points taken. */
  readonly points: number;
  /** Log records taken. */
  readonly logs: number;
  /** Points and log records rejected by a partial success. */
  readonly rejected: number;
  /** Taken, but not kept for {@link Receiver.points} and {@link Receiver.logs}, because the limit was reached. */
  readonly notKept: number;
}

/** Counts everything and keeps the first points and log records, up to a limit each. */
export class ReceivedStore {
  readonly points: ReceivedPoint[] = [];
  readonly logs: ReceivedLog[] = [];
  readonly #limit: number;
  readonly #totals = { requests: 0, refusedRequests: 0, points: 0, logs: 0, rejected: 0, notKept: 0 };

  constructor(limit: number) {
    this.#limit = limit;
  }

  get totals(): Totals {
    return { ...this.#totals };
  }

  take(received: ReceivedExport): void {
    this.#totals[received.signal === 'metrics' ? 'points' : 'logs'] += received.count;
    const before = this.points.length + this.logs.length;
    keep(this.points, received.points, this.#limit);
    keep(this.logs, received.logs, this.#limit);
    this.#totals.notKept += received.count - (this.points.length + this.logs.length - before);
  }

  reject(count: number): void {
    this.#totals.rejected += count;
  }

  answered(isRefusal: boolean): void {
    this.#totals.requests++;
    if (isRefusal) this.#totals.refusedRequests++;
  }
}

function keep<Item>(kept: Item[], items: readonly Item[], limit: number): void {
  for (let i = 0; i < items.length && kept.length < limit; i++) {
    const item = items[i];
    if (item !== undefined) kept.push(item);
  }
}
