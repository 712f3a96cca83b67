import type { Counts } from './counts.ts';

/** Lines ever appended to each spool; a signal without a spool is absent. */
export interface SpoolBooks {
  readonly metrics?: Counts;
  readonly logs?: Counts;
}

/** The spools there may be. */
export const SPOOLS = ['metrics', 'logs'] as const satisfies readonly (keyof SpoolBooks)[];

/** What the ledger keeps across restarts. How lines were delivered is not in here: the spools' cursors keep that. */
export interface StoredLedger {
  readonly version: 1;
  readonly monitors: Readonly<Record<string, StoredBooks>>;
  /** The spools' books at the same moment: what they have more after a crash was emitted since. */
  readonly appended: SpoolBooks;
}

/** Lines of one monitor on their way to the metric log. */
export interface StoredBooks {
  /** Lines emitted, without those on their way to the spool: they count when the spool has them. */
  readonly emitted: number;
  readonly written: number;
  readonly rateLimited: number;
  readonly failed: number;
  readonly interrupted: number;
}
