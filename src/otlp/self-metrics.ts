import { ValueType } from '@opentelemetry/api';
import type { BatchObservableResult, Meter, Observable } from '@opentelemetry/api';
import { OTLPMetricExporterBase } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Clock } from '../clock/clock.ts';
import type { BackendSettings } from '../config/configuration.ts';
import type { Logger } from '../log/logger.ts';
import { HttpTransport } from './http-transport.ts';
import { LogThrottle } from './log-throttle.ts';
import { toResource } from './resource.ts';
import type { ResourceAttributes } from './resource-attributes.ts';
import { SelfExportDelegate } from './self-export-delegate.ts';
import { SELF_INSTRUMENTS } from './self-instruments.ts';
import type { SelfInstrument, SelfSnapshot } from './self-instruments.ts';

/** What {@link startSelfMetrics} needs. */
export interface SelfMetricsOptions {
  readonly backends: readonly BackendSettings[];
  readonly resourceAttributes: ResourceAttributes;
  /** Milliseconds between two exports. */
  readonly intervalMs: number;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called once for each export. */
  readonly snapshot: () => SelfSnapshot;
}

/** The collector's metrics about itself, on their way. */
export interface SelfMetrics {
  /** Exports a last time and ends, at the latest after `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
}

const COMPLAIN_EVERY_MS = 600_000;

/**
 * Sends metrics about the collector, with the SDK's own instruments, to each backend that takes metrics. To be imported
 * only when it is switched on: the SDK costs memory.
 */
export function startSelfMetrics(options: SelfMetricsOptions): SelfMetrics {
  const stopped = new AbortController();
  const backends = options.backends.filter(({ signals }) => signals.includes('metrics'));
  const provider = new MeterProvider({
    resource: toResource(options.resourceAttributes),
    readers: backends.map((backend) => newReader(backend, options, stopped.signal)),
  });
  observeAll(provider.getMeter('scalyr-otel-bridge'), options.snapshot);
  return {
    async stop(deadlineMs) {
      const cancel = options.clock.schedule(() => stopped.abort(), deadlineMs);
      await provider.shutdown();
      cancel();
    },
  };
}

function newReader(
  backend: BackendSettings,
  options: SelfMetricsOptions,
  stopped: AbortSignal,
): PeriodicExportingMetricReader {
  const { clock, logger, userAgent, intervalMs } = options;
  const complaints = new LogThrottle(clock, COMPLAIN_EVERY_MS);
  const delegate = new SelfExportDelegate({
    transport: new HttpTransport({ backend, userAgent, clock }),
    format: backend,
    stopped,
    onFailure: (reason) => {
      complaints.log(reason, (suppressed) => {
        logger.warn(`Metrics about the collector did not reach backend "${backend.name}": ${reason}`, {
          backend: backend.name,
          suppressed,
        });
      });
    },
  });
  const exportTimeoutMillis = Math.min(backend.timeoutMs, intervalMs);
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporterBase(delegate),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis,
  });
}

/** One snapshot serves all instruments of an export. */
function observeAll(meter: Meter, snapshot: () => SelfSnapshot): void {
  const pairs = SELF_INSTRUMENTS.map((instrument) => ({ instrument, observable: create(meter, instrument) }));
  meter.addBatchObservableCallback(
    (result: BatchObservableResult) => {
      const now = snapshot();
      for (const { instrument, observable } of pairs) {
        for (const { value, attributes } of instrument.observe(now)) {
          result.observe(observable, value, attributes);
        }
      }
    },
    pairs.map(({ observable }) => observable),
  );
}

function create(meter: Meter, { name, kind, unit, description }: SelfInstrument): Observable {
  const options = { unit, description, valueType: ValueType.DOUBLE };
  return kind === 'counter'
    ? meter.createObservableCounter(name, options)
    : meter.createObservableGauge(name, options);
}
