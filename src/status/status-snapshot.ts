import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { DeliveryState } from '../otlp/delivery-contract.ts';
import type { MonitorStatus } from '../scheduler/monitor-status.ts';

/** What the collector says about itself, as plain JSON. Times are milliseconds since the Unix epoch. */
export interface StatusSnapshot {
  readonly version: string;
  readonly pid: number;
  readonly startedAtMs: number;
  readonly takenAtMs: number;
  /** Configuration files that were read. */
  readonly files: readonly string[];
  readonly monitors: readonly MonitorStatus[];
  readonly deliveries: readonly DeliveryStatus[];
  /** Bytes of all spools on disk. */
  readonly spoolBytes: number;
  readonly ledger: LedgerSnapshot;
}

/** How the delivery of one signal to one backend is going. */
export interface DeliveryStatus {
  readonly backend: string;
  readonly signal: 'metrics' | 'logs';
  readonly state: DeliveryState;
}
