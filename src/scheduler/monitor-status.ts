import type { HostPlace } from '../host/host-place.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';

/** What one monitor instance is doing. */
export type MonitorState =
  /** Its host is being started, or waits for its turn to. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** A gather has taken longer than the interval; it is ended by force at the gather deadline. */
  | { readonly kind: 'gathering-overdue'; readonly runningForMs: number }
  /** It crashed and is started again at `untilMs` (wall clock). */
  | { readonly kind: 'backing-off'; readonly reason: string; readonly untilMs: number }
  /** It does not run: its configuration is bad, it keeps crashing, or `stop_agent_on_failure` ended it. */
  | {
      readonly kind: 'parked';
      readonly reason: string;
      /** When it is tried again (wall clock); undefined: not before somebody changes something. */
      readonly untilMs: number | undefined;
    }
  /** It switched itself off in initialize. */
  | { readonly kind: 'disabled' }
  /** Its own run() returned. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' };

/** One monitor instance for the status. Wall-clock times are milliseconds since the Unix epoch. */
export interface MonitorStatus extends MonitorCounts {
  readonly name: string;
  readonly module: string;
  readonly state: MonitorState;
  /** Where it lives; undefined while it does not. */
  readonly place: HostPlace | undefined;
  /** What it said about itself; undefined before its first start. */
  readonly description: MonitorDescription | undefined;
}

/** What happened to a monitor instance since the collector started. */
export interface MonitorCounts {
  /** Gathers that ended, in whatever way. */
  readonly gathers: number;
  /** Gathers that threw, were ended at the deadline, or in which the host died. */
  readonly failures: number;
  /** Ticks whose time went by while a gather was running or the host was down. */
  readonly skippedTicks: number;
  /** Starts after the first. */
  readonly restarts: number;
  readonly lastError: { readonly message: string; readonly atMs: number } | undefined;
  readonly lastSuccessMs: number | undefined;
  readonly lastGatherDurationMs: number | undefined;
}
