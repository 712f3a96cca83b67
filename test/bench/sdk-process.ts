import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { systemClock } from '../../src/clock/system-clock.ts';

/** What this process tells at its end. */
export interface SdkReport {
  readonly recorded: number;
  readonly cpuSecs: number;
  readonly rssBytes: number;
}

/**
 * What a plain program with the OpenTelemetry SDK does with the values of the emitter: 40 synchronous gauges, the official
 * exporter, one export a second. Arguments: the receiver's base URL, seconds to record, and `count` to give each value
 * an attribute set of its own, as monitors with a running count do.
 */
const [url = '', seconds = '0', attributes] = process.argv.slice(2);
const exporter = new OTLPMetricExporter({ url: `${url}/v1/metrics` });
const reader = new PeriodicExportingMetricReader({
  exporter,
  exportIntervalMillis: 1000,
  exportTimeoutMillis: 1000,
});
const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
const gauges = Array.from({ length: 40 }, (_, i) => meter.createGauge(`bench.metric_${i}`));
const endMs = systemClock.monotonic() + Number(seconds) * 1000;
let recorded = 0;
while (systemClock.monotonic() < endMs) {
  for (let i = 0; i < 1000; i++, recorded++) {
    const fields = { core: recorded % 8, state: 'running' };
    const own = attributes === 'count' ? { ...fields, count: recorded } : fields;
    gauges[recorded % 40]?.record(recorded * 0.5, own);
  }
  await new Promise((resolve) => setImmediate(resolve));
}
await reader.shutdown();
const { user, system } = process.cpuUsage();
const report: SdkReport = { recorded, cpuSecs: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() };
process.send?.(report);
