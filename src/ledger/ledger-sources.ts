import type { Counts } from './counts.ts';
import type { MonitorBooks } from './monitor-books.ts';
import { settledTotal } from './settled-lines.ts';
import type { SettledByMonitor } from './settlement.ts';
import type { SpoolBooks } from './stored-ledger.ts';

/** Where one backend stands in one spool, as far as the ledger wants to know. */
export interface CursorBooks {
  readonly backend: string;
  readonly signal: keyof SpoolBooks;
  /** Lines of each monitor appended before the cursor was made. */
  readonly since: Counts;
  /** How lines after those were settled. */
  readonly settled: SettledByMonitor;
}

/** Where the numbers of a snapshot come from. */
export interface LedgerSources {
  readonly monitors: ReadonlyMap<string, MonitorBooks>;
  readonly cursors: readonly CursorBooks[];
  readonly appended: SpoolBooks;
  /** Lines of each monitor emitted since this process began. */
  readonly emittedHere: Counts;
  /** Lines of each monitor appended since this process began. */
  readonly appendedHere: Counts;
}

/** Lines of a monitor appended since a cursor was made. */
export function emittedFor(monitor: string, { signal, since }: CursorBooks, appended: SpoolBooks): number {
  return (appended[signal]?.[monitor] ?? 0) - (since[monitor] ?? 0);
}

/** Those of them that are not settled. */
export function pendingFor(monitor: string, cursor: CursorBooks, appended: SpoolBooks): number {
  return emittedFor(monitor, cursor, appended) - settledTotal(cursor.settled[monitor] ?? {});
}
