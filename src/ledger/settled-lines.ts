import type { Counts } from './counts.ts';
import type { Settled, SettledByMonitor } from './settlement.ts';

/** Lines that were settled, in whatever way. */
export function settledTotal(settled: Settled): number {
  return Object.values(settled).reduce((sum, count) => sum + count, 0);
}

/** Lines that were settled in any way but by the backend's acknowledgement. */
export function droppedTotal(settled: Settled): number {
  return settledTotal(settled) - (settled.acknowledged ?? 0);
}

/** For each monitor the lines that were settled, in whatever way. */
export function settledCounts(settled: SettledByMonitor): Counts {
  return Object.fromEntries(
    Object.entries(settled).map(([monitor, ofMonitor]) => [monitor, settledTotal(ofMonitor)]),
  );
}
