import type { Signal } from '../metric-line/line-block.ts';
import type { Counts } from './counts.ts';

/** Lines ever appended to each spool; a signal without a spool is absent. */
export type SpoolBooks = Readonly<Partial<Record<Signal, Counts>>>;

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
