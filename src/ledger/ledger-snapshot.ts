import type { Settled } from './settlement.ts';

/** The books at one moment, as plain JSON. */
export interface LedgerSnapshot {
  /** By name of the monitor, sorted. */
  readonly monitors: Readonly<Record<string, Books>>;
  readonly totals: Books;
  /** The sources of these numbers, which do not know of each other, agree. */
  readonly balanced: boolean;
  /** Where they do not: one sentence each. Always a bug, or files that somebody else has changed. */
  readonly problems: readonly string[];
}

/** `emitted = sum of metricLog`, and for each backend `emitted = sum of settled + pending`. */
export interface Books {
  /** Lines emitted since the ledger was begun. */
  readonly emitted: number;
  readonly metricLog: MetricLogBooks;
  /** By name of the backend. */
  readonly backends: Readonly<Record<string, BackendBooks>>;
}

/** What became of lines on their way to the metric log. */
export interface MetricLogBooks {
  readonly written: number;
  readonly rateLimited: number;
  readonly failed: number;
  /** The collector was killed before it knew: the line may be in the metric log or not. */
  readonly interrupted: number;
  /** Emitted, and not decided yet. */
  readonly waiting: number;
}

/** What became of lines on their way to one backend. */
export interface BackendBooks {
  /** Lines emitted since the backend was added. */
  readonly emitted: number;
  readonly settled: Settled;
  /** In the spool, waiting to be delivered. */
  readonly pending: number;
}
