import { formatCount, formatCounts } from './format-counts.ts';
import type { BackendBooks, LedgerSnapshot, MetricLogBooks } from './ledger-snapshot.ts';
import { LOSSES, settledIn, SKIPS } from './settled-lines.ts';

/** The totals in one line: `emitted 1,204 · logged 1,204 · otlp acknowledged 1,190 · pending 14 · dropped 0`. */
export function formatTotals({ totals }: LedgerSnapshot): string {
  const backends = Object.entries(totals.backends);
  const name = (backend: string): string => (backends.length > 1 ? `${backend} ` : 'otlp ');
  const ofBackends = backends.map(([backend, books]) => `${name(backend)}${backendTotals(books)}`);
  return [`emitted ${formatCount(totals.emitted)}`, metricLogTotals(totals.metricLog), ...ofBackends].join(
    ' · ',
  );
}

function metricLogTotals({ written, rateLimited, failed, interrupted }: MetricLogBooks): string {
  return formatCounts([
    ['logged', written, true],
    ['rate limited', rateLimited],
    ['failed', failed],
    ['interrupted', interrupted],
  ]);
}

function backendTotals({ settled, pending }: BackendBooks): string {
  return formatCounts([
    ['acknowledged', settled.acknowledged ?? 0, true],
    ['pending', pending, true],
    ['dropped', settledIn(settled, LOSSES), true],
    ['skipped', settledIn(settled, SKIPS)],
  ]);
}
