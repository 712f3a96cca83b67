import type { Counts } from '../ledger/counts.ts';
import type { SettledByMonitor } from '../ledger/settlement.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Position } from '../spool/position.ts';

/** Everything that carries lines from the spools to the backends, wherever it runs. */
export interface Delivery {
  /** The spool of `signal` now holds records up to `end`. */
  advance(signal: Signal, end: Position): void;
  /** Units and descriptions of a monitor's metrics, known once it is initialized. Keyed by the line's monitor part. */
  define(monitorModule: string, metrics: readonly MetricMetadata[]): void;
  /**
   * Tries one last delivery of what is pending and stops: at once when nothing is pending, at the latest after
   * `deadlineMs`. What is undelivered stays in the spool.
   */
  stop(deadlineMs: number): Promise<void>;
}

/** Unit and description that define_metric gave a metric. */
export interface MetricMetadata {
  readonly name: string;
  readonly description: string;
  /** As the plugin wrote it; the mapping translates it to UCUM. */
  readonly unit?: string;
  readonly cumulative: boolean;
}

/** Where one backend stands in one spool; reported after each commit and each change of state. */
export interface CursorProgress {
  readonly backend: string;
  readonly signal: Signal;
  /** Every line before this is settled. */
  readonly position: Position;
  /** `appended` of the spool when the cursor was made: the backend answers for lines after it. */
  readonly since: Counts;
  /** Settled since the cursor was made, cumulative and persistent. */
  readonly settled: SettledByMonitor;
  readonly state: DeliveryState;
}

export type DeliveryState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'delivering' }
  /** The backend could not take it; tried again by itself at `untilMs` (wall clock). */
  | {
      readonly kind: 'retrying';
      readonly reason: string;
      readonly attempts: number;
      readonly untilMs: number;
    }
  /** 401, 403, 404, a redirect, a certificate that does not verify: somebody has to change something. */
  | { readonly kind: 'endpoint-wrong'; readonly reason: string; readonly untilMs: number };
