import type { BackendBooks, Books, LedgerSnapshot, MetricLogBooks } from './ledger-snapshot.ts';
import { LOSSES, settledIn, SKIPS } from './settled-lines.ts';
import type { Settlement } from './settlement.ts';

const COLUMNS = [
  { title: 'emitted', value: (books: Books) => books.emitted, always: true },
  { title: 'logged', value: (books: Books) => books.metricLog.written, always: true },
  { title: 'rate limited', value: (books: Books) => books.metricLog.rateLimited, always: false },
  { title: 'failed', value: (books: Books) => books.metricLog.failed, always: false },
  { title: 'interrupted', value: (books: Books) => books.metricLog.interrupted, always: false },
  { title: 'waiting', value: (books: Books) => books.metricLog.waiting, always: false },
] as const;

/**
 * The ledger for people: a table with a line for each monitor, and under it one for each backend. Losses show where
 * there are any.
 */
export function formatLedger(snapshot: LedgerSnapshot): string {
  const columns = COLUMNS.filter(({ always, value }) => always || value(snapshot.totals) !== 0);
  const rows = [...Object.entries(snapshot.monitors), ['total', snapshot.totals] as const];
  const cells = rows.map(([name, books]) => [name, ...columns.map(({ value }) => number(value(books)))]);
  const table = align([['monitor', ...columns.map(({ title }) => title)], ...cells]);
  const lines = rows.flatMap(([, books], index) => [table[index + 1] ?? '', ...backendLines(books)]);
  return [table[0] ?? '', ...lines, ...verdict(snapshot), ''].join('\n');
}

/** The totals in one line: `emitted 1,204 · logged 1,204 · otlp acknowledged 1,190 · pending 14 · dropped 0`. */
export function formatTotals({ totals }: LedgerSnapshot): string {
  const backends = Object.entries(totals.backends);
  const name = (backend: string): string => (backends.length > 1 ? `${backend} ` : 'otlp ');
  const ofBackends = backends.map(([backend, books]) => `${name(backend)}${backendTotals(books)}`);
  return [`emitted ${number(totals.emitted)}`, metricLogTotals(totals.metricLog), ...ofBackends].join(' · ');
}

function metricLogTotals({ written, rateLimited, failed, interrupted }: MetricLogBooks): string {
  return parts([
    ['logged', written, true],
    ['rate limited', rateLimited],
    ['failed', failed],
    ['interrupted', interrupted],
  ]);
}

function backendTotals({ settled, pending }: BackendBooks): string {
  return parts([
    ['acknowledged', settled.acknowledged ?? 0, true],
    ['pending', pending, true],
    ['dropped', settledIn(settled, LOSSES), true],
    ['skipped', settledIn(settled, SKIPS)],
  ]);
}

function backendLines(books: Books): readonly string[] {
  const backends = Object.entries(books.backends);
  const width = Math.max(0, ...backends.map(([name]) => name.length));
  return backends.map(([name, { settled, pending }]) => {
    const others = [...LOSSES, ...SKIPS].map((way) => [label(way), settled[way] ?? 0] as const);
    const counts = parts([
      ['acknowledged', settled.acknowledged ?? 0, true],
      ['pending', pending, true],
      ...others,
    ]);
    return `  ${name.padEnd(width)}  ${counts}`;
  });
}

function verdict({ balanced, problems }: LedgerSnapshot): readonly string[] {
  return balanced ? ['balanced'] : ['NOT BALANCED', ...problems.map((problem) => `  ${problem}`)];
}

/** Names and numbers in a row; what is zero is left out unless it is always wanted. */
function parts(counts: readonly (readonly [name: string, count: number, always?: true])[]): string {
  const shown = counts.filter(([, count, always]) => always === true || count !== 0);
  return shown.map(([name, count]) => `${name} ${number(count)}`).join(' · ');
}

function label(way: Settlement): string {
  return way.replaceAll('_', ' ');
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** Pads the first column on the right, the others on the left. */
function align(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column))))
      .join('  '),
  );
}
