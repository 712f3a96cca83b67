import { formatCount, formatCounts } from './format-counts.ts';
import type { Books, LedgerSnapshot } from './ledger-snapshot.ts';
import { LOSSES, SKIPS } from './settled-lines.ts';
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
  const cells = rows.map(([name, books]) => [name, ...columns.map(({ value }) => formatCount(value(books)))]);
  const table = align([['monitor', ...columns.map(({ title }) => title)], ...cells]);
  const lines = rows.flatMap(([, books], index) => [table[index + 1] ?? '', ...backendLines(books)]);
  return [table[0] ?? '', ...lines, ...verdict(snapshot), ''].join('\n');
}

function backendLines(books: Books): readonly string[] {
  const backends = Object.entries(books.backends);
  const width = Math.max(0, ...backends.map(([name]) => name.length));
  return backends.map(([name, { settled, pending }]) => {
    const others = [...LOSSES, ...SKIPS].map((way) => [label(way), settled[way] ?? 0] as const);
    const counts = formatCounts([
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

function label(way: Settlement): string {
  return way.replaceAll('_', ' ');
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
