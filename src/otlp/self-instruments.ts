import { SETTLEMENTS } from '../ledger/settlement.ts';
import type { BackendBooks, Books, LedgerSnapshot } from '../ledger/ledger-snapshot.ts';

/** What the collector measures of itself, at one moment. */
export interface SelfSnapshot {
  readonly ledger: Pick<LedgerSnapshot, 'monitors'>;
  /** Bytes of all spools on disk. */
  readonly spoolBytes: number;
  readonly monitors: readonly MonitorHealth[];
}

/** How a monitor instance is. */
export interface MonitorHealth {
  /** `module(id)` */
  readonly name: string;
  /** It is running: not backing off, parked, disabled or stopped. */
  readonly isUp: boolean;
  /** Undefined before the first one. */
  readonly lastGatherMs: number | undefined;
}

/** One measured value and what it belongs to. */
export interface Observation {
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** One metric about the collector; the table of docs/self-metrics.md says the same. */
export interface SelfInstrument {
  readonly name: string;
  readonly kind: 'counter' | 'gauge';
  /** UCUM */
  readonly unit: string;
  readonly description: string;
  readonly observe: (snapshot: SelfSnapshot) => readonly Observation[];
}

/** All of them. */
export const SELF_INSTRUMENTS: readonly SelfInstrument[] = [
  {
    name: 'scalyr_otel.lines.emitted',
    kind: 'counter',
    unit: '{line}',
    description: 'Lines that monitors emitted.',
    observe: byMonitor((books) => books.emitted),
  },
  metricLog('written', 'Lines in the metric log.', (books) => books.metricLog.written),
  metricLog(
    'rate_limited',
    'Lines that the rate limit kept out of the metric log.',
    (books) => books.metricLog.rateLimited,
  ),
  metricLog(
    'failed',
    'Lines that could not be written to the metric log.',
    (books) => books.metricLog.failed,
  ),
  ...SETTLEMENTS.map((settlement): SelfInstrument => ({
    name: `scalyr_otel.otlp.${settlement}`,
    kind: 'counter',
    unit: '{line}',
    description: `Lines that were settled as ${settlement} on their way to the backend.`,
    observe: byBackend((books) => books.settled[settlement] ?? 0),
  })),
  {
    name: 'scalyr_otel.otlp.pending',
    kind: 'gauge',
    unit: '{line}',
    description: 'Lines in the spool that wait for the backend.',
    observe: byBackend((books) => books.pending),
  },
  {
    name: 'scalyr_otel.spool.size',
    kind: 'gauge',
    unit: 'By',
    description: 'Size of all spools on the disk.',
    observe: ({ spoolBytes }) => [{ value: spoolBytes, attributes: {} }],
  },
  {
    name: 'scalyr_otel.monitor.up',
    kind: 'gauge',
    unit: '1',
    description: 'Whether the monitor is running (1) or not (0).',
    observe: ({ monitors }) => monitors.map(({ name, isUp }) => observation(isUp ? 1 : 0, name)),
  },
  {
    name: 'scalyr_otel.monitor.gather.duration',
    kind: 'gauge',
    unit: 's',
    description: 'How long the last gather of the monitor took.',
    observe: ({ monitors }) =>
      monitors.flatMap(({ name, lastGatherMs }) =>
        lastGatherMs === undefined ? [] : [observation(lastGatherMs / 1000, name)],
      ),
  },
];

function metricLog(outcome: string, description: string, value: (books: Books) => number): SelfInstrument {
  return {
    name: `scalyr_otel.metric_log.${outcome}`,
    kind: 'counter',
    unit: '{line}',
    description,
    observe: byMonitor(value),
  };
}

function byMonitor(value: (books: Books) => number): SelfInstrument['observe'] {
  return ({ ledger }) =>
    Object.entries(ledger.monitors).map(([monitor, books]) => observation(value(books), monitor));
}

function byBackend(value: (books: BackendBooks) => number): SelfInstrument['observe'] {
  return ({ ledger }) =>
    Object.entries(ledger.monitors).flatMap(([monitor, { backends }]) =>
      Object.entries(backends).map(([backend, books]) => ({
        value: value(books),
        attributes: { 'scalyr.monitor': monitor, 'scalyr.backend': backend },
      })),
    );
}

function observation(value: number, monitor: string): Observation {
  return { value, attributes: { 'scalyr.monitor': monitor } };
}
