import type { LineBlock } from '../metric-line/line-block.ts';
import type { HostPlace } from './host-place.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';

/**
 * A place where one monitor instance lives: a worker thread or a process of its own. Whatever the plugin does in there,
 * nothing here throws because of it; what happened is an outcome.
 *
 * Life: `start()` once; then `gather()` any number of times, never two at once, or `run()` once for a monitor that
 * drives itself; then `stop()`. After a start that failed, and when its own `run()` is over, a host ends by itself; to
 * stop or kill it then does no harm. `exited` settles exactly once, however the host ended. Lines may be taken with
 * `drain()` at any time, also after the exit: what a plugin emitted before it crashed is not lost.
 */
export interface MonitorHost {
  readonly place: HostPlace;
  start(): Promise<StartOutcome>;
  gather(): Promise<GatherOutcome>;
  /** Starts the monitor's own `run()`; resolves when it returns. */
  run(): Promise<GatherOutcome>;
  /**
   * Asks the monitor to stop, lets a gather in progress finish, and after `graceMs` ends the host by force. Resolves
   * when the host is gone.
   */
  stop(graceMs: number): Promise<void>;
  /** Ends the host at once. What it emitted before stays drainable. */
  kill(): void;
  /**
   * Takes emitted lines, at most about `maxBytes` of text; undefined when there are none. The block is good until the
   * next drain: who keeps lines longer copies them.
   */
  drain(maxBytes: number): LineBlock | undefined;
  readonly exited: Promise<HostExit>;
}

/** What a host tells its owner, besides the outcomes. */
export interface HostListener {
  /** Lines wait to be drained. Called at most once until the next drain that finds nothing. */
  onReadable(): void;
  /** A diagnostic that the plugin logged, or something it printed. */
  onDiagnostic(diagnostic: Diagnostic): void;
}

/** One message for the collector's log that comes from a plugin. */
export interface Diagnostic {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly timeMs: number;
  readonly errorCode?: string;
  /** Stack trace of a logged error. */
  readonly stack?: string;
  /** Module and line that logged it, `my_monitor:17`, where the host tells. */
  readonly location?: string;
  /** `log`: the plugin's logger; `stdout`, `stderr`: it printed. */
  readonly origin: 'log' | 'stdout' | 'stderr';
}

export type StartOutcome =
  | { readonly kind: 'started'; readonly description: MonitorDescription }
  /** The configuration is bad (a BadMonitorConfiguration): restarting does not help. */
  | { readonly kind: 'bad-configuration'; readonly message: string; readonly field?: string }
  /** The plugin could not be loaded or its initialize threw. */
  | { readonly kind: 'failed'; readonly message: string; readonly stack?: string };

export type GatherOutcome =
  | { readonly kind: 'ok' }
  /** gatherSample threw; the monitor lives on. */
  | { readonly kind: 'failed'; readonly message: string; readonly stack?: string }
  /** The host ended during the gather. */
  | { readonly kind: 'exited'; readonly exit: HostExit };

export interface HostExit {
  /**
   * `stopped`: asked to; `finished`: run() returned; `killed`: by kill() or after the grace; `out-of-memory`; `crashed`:
   * an uncaught exception, process.exit, or a signal; `outdated`: its plugin has changed, so it shall be started anew.
   */
  readonly reason: 'stopped' | 'finished' | 'killed' | 'out-of-memory' | 'crashed' | 'outdated';
  /** One sentence for the log and the status. */
  readonly message: string;
}
