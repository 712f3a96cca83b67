import type { ConfigObject } from '../config/config-value.ts';
import type { Signal } from '../metric-line/line-block.ts';

/** What a host gives a monitor: its configuration and the ways out of the thread. Plugins see it only through the base class. */
export interface MonitorContext {
  /** As in the configuration, possibly dotted. */
  readonly module: string;
  /** As in MonitorEntry.id. */
  readonly id: string;
  readonly config: ConfigObject;
  readonly defaultSampleIntervalSecs: number;
  readonly globalRateMetricNames: readonly string[];
  /** Variables for the environment fallback of MonitorConfig. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Lowest level of diagnostics that is wanted. */
  readonly debugLevel: number;
  readonly now: () => number;
  /** Takes one finished metric line, which ends in `\n`. Blocks the thread while the way out is full. */
  readonly writeLine: (line: string, signal: Signal) => void;
  readonly writeDiagnostic: (diagnostic: DiagnosticMessage) => void;
  /** Aborts when the monitor shall stop. */
  readonly signal: AbortSignal;
}

/** A diagnostic as the monitor's logger makes it; the host adds where it came from. */
export interface DiagnosticMessage {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly timeMs: number;
  readonly errorCode?: string;
  readonly stack?: string;
}
