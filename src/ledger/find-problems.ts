import { pendingFor } from './ledger-sources.ts';
import type { LedgerSources } from './ledger-sources.ts';
import { SPOOLS } from './stored-ledger.ts';

/**
 * Where the sources contradict each other about a monitor: the count of what was emitted, the metric log's word, the
 * books in the spool's segments and those in the cursors are kept by different parts of the collector.
 */
export function findProblems(monitor: string, sources: LedgerSources): readonly string[] {
  return [
    ...contradiction(
      -waiting(monitor, sources),
      (lines) => `the metric log has decided about ${lines} more than were emitted`,
    ),
    ...contradiction(
      -notAppended(monitor, sources),
      (lines) => `the spools have ${lines} more than were emitted`,
    ),
    ...passedBy(monitor, sources),
    ...overSettled(monitor, sources),
  ].map((problem) => `${monitor}: ${problem}`);
}

/** The spool comes before the metric log, so a line that the metric log has decided about must be in a spool. */
function passedBy(monitor: string, sources: LedgerSources): readonly string[] {
  if (!SPOOLS.every((signal) => sources.appended[signal] !== undefined)) return [];
  const missing = notAppended(monitor, sources) - Math.max(0, waiting(monitor, sources));
  return contradiction(missing, (lines) => `the metric log has ${lines} that the spools do not have`);
}

function overSettled(monitor: string, { cursors, appended }: LedgerSources): readonly string[] {
  return cursors.flatMap((cursor) =>
    contradiction(
      -pendingFor(monitor, cursor, appended),
      (lines) =>
        `backend "${cursor.backend}" has settled ${lines} of ${cursor.signal} more than were appended for it`,
    ),
  );
}

function waiting(monitor: string, { monitors }: LedgerSources): number {
  return monitors.get(monitor)?.waiting ?? 0;
}

function notAppended(monitor: string, { appendedHere, emittedHere }: LedgerSources): number {
  return (emittedHere[monitor] ?? 0) - (appendedHere[monitor] ?? 0);
}

function contradiction(lines: number, sentence: (lines: string) => string): readonly string[] {
  return lines > 0 ? [sentence(lines === 1 ? '1 line' : `${lines} lines`)] : [];
}
