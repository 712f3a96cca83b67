import type { Counts } from './counts.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { CursorBooks } from './ledger-sources.ts';
import { MonitorBooks } from './monitor-books.ts';
import { spoolGrowth } from './spool-growth.ts';
import type { SpoolBooks, StoredLedger } from './stored-ledger.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { Tally } from './tally.ts';

export interface LedgerOptions {
  /** What the ledger's file held; undefined begins a new ledger. */
  readonly stored?: StoredLedger | undefined;
  /** Asks the spools for their books; `{}` where there are no spools. */
  readonly spools: () => SpoolBooks;
}

/**
 * The books of the collector: for each monitor, what was emitted and what became of it, in the metric log and at each
 * backend. They hold at any moment and across restarts:
 *
 *     emitted = written + rate limited + failed + interrupted + waiting          (metric log)
 *     emitted since the backend was added = acknowledged + rejected + … + pending     (each backend)
 *
 * The first line is counted here. The second is counted by the spools and their cursors; the ledger only puts their
 * numbers beside each other. Without spools (no backend is configured) it works alone.
 */
export class Ledger {
  readonly #spools: () => SpoolBooks;
  readonly #monitors = new Map<string, MonitorBooks>();
  readonly #cursors = new Map<string, CursorBooks>();
  /** Emitted, and appended to the spools, when this process began: since then the two must grow together. */
  readonly #emittedBefore: Counts;
  readonly #appendedBefore: SpoolBooks;

  /** To be made when the spools are open and nothing was emitted yet. */
  constructor({ stored, spools }: LedgerOptions) {
    this.#spools = spools;
    this.#appendedBefore = spools();
    for (const [monitor, books] of Object.entries(stored?.monitors ?? {}))
      this.#monitors.set(monitor, new MonitorBooks(books));
    const unknown = spoolGrowth(stored?.appended ?? {}, this.#appendedBefore);
    for (const [monitor, count] of Object.entries(unknown)) this.#books(monitor).emitted += count;
    for (const books of this.#monitors.values()) books.interrupted += books.waiting;
    this.#emittedBefore = this.#emitted();
  }

  /** Lines have left their monitor. To be told before they are appended to the spool. */
  emitted(monitor: string, count: number): void {
    this.#books(monitor).emitted += count;
  }

  /** The metric log has decided about lines. */
  metricLog(monitor: string, outcome: MetricLogOutcome): void {
    const books = this.#books(monitor);
    books.written += outcome.written;
    books.rateLimited += outcome.rateLimited;
    books.failed += outcome.failed;
  }

  /** A cursor has moved. To be told for each backend and signal at the start, then after each commit. */
  progress(cursor: CursorBooks): void {
    this.#cursors.set(JSON.stringify([cursor.backend, cursor.signal]), cursor);
  }

  snapshot(): LedgerSnapshot {
    const appended = this.#spools();
    return takeSnapshot({
      monitors: this.#monitors,
      cursors: [...this.#cursors.values()],
      appended,
      emittedHere: new Tally(this.#emittedBefore).behind(this.#emitted()),
      appendedHere: spoolGrowth(this.#appendedBefore, appended),
    });
  }

  /** What must be kept for the next process. */
  toStored(): StoredLedger {
    const appended = this.#spools();
    const appendedHere = spoolGrowth(this.#appendedBefore, appended);
    const monitors = [...this.#monitors].map(([monitor, books]) => {
      const { written, rateLimited, failed, interrupted } = books;
      const emitted = books.emitted - this.#notAppended(monitor, appendedHere);
      return [monitor, { emitted, written, rateLimited, failed, interrupted }] as const;
    });
    return { version: 1, monitors: Object.fromEntries(monitors), appended };
  }

  #books(monitor: string): MonitorBooks {
    const known = this.#monitors.get(monitor);
    if (known !== undefined) return known;
    const books = new MonitorBooks();
    this.#monitors.set(monitor, books);
    return books;
  }

  #emitted(): Counts {
    return Object.fromEntries([...this.#monitors].map(([monitor, { emitted }]) => [monitor, emitted]));
  }

  /**
   * Lines of a monitor on their way to the spool. The spool comes before the metric log, so they are among those that
   * wait for the metric log; the others that no spool has are of a signal without one.
   */
  #notAppended(monitor: string, appendedHere: Counts): number {
    if (Object.keys(this.#appendedBefore).length === 0) return 0;
    const { emitted, waiting } = this.#books(monitor);
    const emittedHere = emitted - (this.#emittedBefore[monitor] ?? 0);
    return Math.max(0, Math.min(waiting, emittedHere - (appendedHere[monitor] ?? 0)));
  }
}

/** What became of lines that were handed to the metric log. */
export interface MetricLogOutcome {
  readonly written: number;
  readonly rateLimited: number;
  readonly failed: number;
}
