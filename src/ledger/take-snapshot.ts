import { findProblems } from './find-problems.ts';
import type { BackendBooks, Books, LedgerSnapshot, MetricLogBooks } from './ledger-snapshot.ts';
import { emittedFor, pendingFor } from './ledger-sources.ts';
import type { LedgerSources } from './ledger-sources.ts';
import type { MonitorBooks } from './monitor-books.ts';
import { addSettled } from './settled-lines.ts';
import { SETTLEMENTS } from './settlement.ts';
import type { Settled } from './settlement.ts';

/** Puts the numbers of all sources together. */
export function takeSnapshot(sources: LedgerSources): LedgerSnapshot {
  const names = [...monitorNames(sources)].sort();
  const monitors = Object.fromEntries(names.map((monitor) => [monitor, booksOf(monitor, sources)]));
  const problems = names.flatMap((monitor) => findProblems(monitor, sources));
  const totals = sumOf(Object.values(monitors));
  return { monitors, totals, balanced: problems.length === 0, problems };
}

function monitorNames({ monitors, cursors, appended }: LedgerSources): Set<string> {
  const names = new Set(monitors.keys());
  for (const { signal, since, settled } of cursors) {
    const ofSpool = Object.entries(appended[signal] ?? {}).filter(
      ([name, count]) => count !== (since[name] ?? 0),
    );
    for (const name of [...ofSpool.map(([monitor]) => monitor), ...Object.keys(settled)]) names.add(name);
  }
  return names;
}

function booksOf(monitor: string, { monitors, cursors, appended }: LedgerSources): Books {
  const books = monitors.get(monitor);
  const backends: Record<string, BackendBooks> = {};
  for (const cursor of cursors) {
    const emitted = emittedFor(monitor, cursor, appended);
    const ofCursor = {
      emitted,
      settled: cursor.settled[monitor] ?? {},
      pending: pendingFor(monitor, cursor, appended),
    };
    backends[cursor.backend] = addBackend(backends[cursor.backend], ofCursor);
  }
  return { emitted: books?.emitted ?? 0, metricLog: metricLogOf(books), backends };
}

function metricLogOf(books: MonitorBooks | undefined): MetricLogBooks {
  return {
    written: books?.written ?? 0,
    rateLimited: books?.rateLimited ?? 0,
    failed: books?.failed ?? 0,
    interrupted: books?.interrupted ?? 0,
    waiting: books?.waiting ?? 0,
  };
}

function sumOf(all: readonly Books[]): Books {
  const metricLog = { written: 0, rateLimited: 0, failed: 0, interrupted: 0, waiting: 0 };
  const backends: Record<string, BackendBooks> = {};
  let emitted = 0;
  for (const books of all) {
    emitted += books.emitted;
    metricLog.written += books.metricLog.written;
    metricLog.rateLimited += books.metricLog.rateLimited;
    metricLog.failed += books.metricLog.failed;
    metricLog.interrupted += books.metricLog.interrupted;
    metricLog.waiting += books.metricLog.waiting;
    for (const [name, backend] of Object.entries(books.backends))
      backends[name] = addBackend(backends[name], backend);
  }
  return { emitted, metricLog, backends };
}

function addBackend(sum: BackendBooks | undefined, more: BackendBooks): BackendBooks {
  const settled: Settled = { ...sum?.settled };
  addSettled(settled, more.settled, SETTLEMENTS);
  return {
    emitted: (sum?.emitted ?? 0) + more.emitted,
    settled,
    pending: (sum?.pending ?? 0) + more.pending,
  };
}
