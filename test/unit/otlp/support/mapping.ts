import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { MetricLine, ParsedLine } from '../../../../src/metric-line/parsed-line.ts';
import { LogsBuilder } from '../../../../src/otlp/map-logs.ts';
import type { LogRecord } from '../../../../src/otlp/map-logs.ts';
import { MetricsBuilder } from '../../../../src/otlp/map-metrics.ts';
import type { MappingOptions } from '../../../../src/otlp/mapping-options.ts';
import { MetricDefinitions } from '../../../../src/otlp/metric-definitions.ts';
import { toResource } from '../../../../src/otlp/resource.ts';

/** Mapping with nothing special, and what `overrides` says. */
export function mappingOptions(overrides: Partial<MappingOptions> = {}): MappingOptions {
  return {
    resource: toResource({ 'service.name': 'test' }),
    definitions: new MetricDefinitions(),
    cumulative: 'gauge',
    dropAttributes: new Set(),
    ...overrides,
  };
}

export function mapMetrics(lines: readonly MetricLine[], options: MappingOptions): ResourceMetrics {
  const builder = new MetricsBuilder(options);
  for (const line of lines) builder.add(line);
  return builder.build();
}

export function mapLogs(
  lines: readonly (ParsedLine | string)[],
  options: MappingOptions,
  observedMs: number,
): LogRecord[] {
  const builder = new LogsBuilder(options, observedMs);
  for (const line of lines) builder.add(line);
  return builder.build();
}
