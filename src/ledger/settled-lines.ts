import type { Counts } from './counts.ts';
import type { Settled, SettledByMonitor, Settlement } from './settlement.ts';

/** Ways to be settled that nobody wanted: the line should have reached the backend and did not. */
export const LOSSES = [
  'rejected',
  'expired',
  'unspooled',
  'corrupted',
] as const satisfies readonly Settlement[];

/** Ways to be settled that the configuration or OTLP itself asks for. */
export const SKIPS = ['not_a_number', 'text_dropped', 'signal_off'] as const satisfies readonly Settlement[];

/** Lines that were settled in one of `ways`. */
export function settledIn(settled: Settled, ways: readonly Settlement[]): number {
  return ways.reduce((sum, way) => sum + (settled[way] ?? 0), 0);
}

/** Lines that were settled, in whatever way. */
export function settledTotal(settled: Settled): number {
  return Object.values(settled).reduce((sum, count) => sum + count, 0);
}

/** For each monitor the lines that were settled, in whatever way. */
export function settledCounts(settled: SettledByMonitor): Counts {
  return Object.fromEntries(
    Object.entries(settled).map(([monitor, ofMonitor]) => [monitor, settledTotal(ofMonitor)]),
  );
}

/** `more` added to `sum`, which is changed. */
export function addSettled(sum: Settled, more: Settled, ways: readonly Settlement[]): void {
  for (const way of ways) {
    const count = (sum[way] ?? 0) + (more[way] ?? 0);
    if (count !== 0) sum[way] = count;
  }
}
