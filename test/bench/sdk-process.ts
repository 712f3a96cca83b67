import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

/**
 * What a plain program with the OpenTelemetry SDK does with the same values: synchronous gauges, the official exporter,
 * one export a second. Arguments: the receiver's base URL and how many seconds to record. Prints how many were recorded.
 */
const [url = '', seconds = '10'] = process.argv.slice(2);
const reader = new PeriodicExportingMetricReader({
  exporter: new OTLPMetricExporter({ url: `${url}/v1/metrics` }),
  exportIntervalMillis: 1000,
  exportTimeoutMillis: 1000,
});
const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
const gauges = Array.from({ length: 40 }, (_, i) => meter.createGauge(`bench.metric_${i}`));
const end = performance.now() + Number(seconds) * 1000;
let recorded = 0;
while (performance.now() < end) {
  for (let i = 0; i < 1000; i++, recorded++) {
    gauges[recorded % 40]?.record(recorded * 0.5, { core: recorded % 8, state: 'running' });
  }
  await new Promise((resolve) => setImmediate(resolve));
}
await reader.shutdown();
process.stdout.write(
  `${JSON.stringify({ recorded, cpuSecs: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 })}\n`,
);
