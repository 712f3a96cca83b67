import { ValueType } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import type { DataPoint, GaugeMetricData, ResourceMetrics, SumMetricData } from '@opentelemetry/sdk-metrics';
import type { LineValue, MetricLine } from '../metric-line/parsed-line.ts';
import { toAttributes } from './attributes.ts';
import type { LineAttributes } from './attributes.ts';
import { toHrTime } from './hr-time.ts';
import type { HrTime } from './hr-time.ts';
import type { MappingOptions } from './mapping-options.ts';
import { wellFormed } from './well-formed.ts';

/**
 * Carries the text of a text value that is sent as a number. An extra field cannot have this name: it is reserved in
 * metric lines.
 */
export const TEXT_VALUE = 'value';

/** Unknown: allowed for both kinds of points. */
const NO_START: HrTime = [0, 0];

/** The number that a value becomes; NaN or infinite when it has none. */
export function numberOf(value: LineValue): number {
  if (value.kind === 'bool') return value.text === 'true' ? 1 : 0;
  if (value.kind === 'string') return 1;
  return value.kind === 'null' ? Number.NaN : Number(value.text);
}

/**
 * One data point for each line, with the line's own time: nothing is averaged, replaced or repeated. Values are always
 * doubles, so a series never changes its type. Scopes, and the metrics in them, stand in the order in which they first
 * occur, the points of a metric in the order of their lines.
 */
export class MetricsBuilder {
  readonly #options: MappingOptions;
  readonly #scopes = new Map<string, Map<string, GaugeMetricData | SumMetricData>>();
  #latestMs = Number.NaN;
  #latestTime = NO_START;

  constructor(options: MappingOptions) {
    this.#options = options;
  }

  /** Throws when the line has a time that OTLP cannot express. */
  add(line: MetricLine): void {
    const point: DataPoint<number> = {
      startTime: NO_START,
      endTime: this.#time(line.timeMs),
      attributes: this.#attributes(line),
      value: numberOf(line.metric.value),
    };
    this.#metric(line).dataPoints.push(point);
  }

  build(): ResourceMetrics {
    const scopeMetrics = Array.from(this.#scopes, ([name, metrics]) => ({
      scope: { name },
      metrics: [...metrics.values()],
    }));
    return { resource: this.#options.resource, scopeMetrics };
  }

  #attributes(line: MetricLine): LineAttributes {
    const { fields, value } = line.metric;
    const attributes = toAttributes(fields, line.id, this.#options.dropAttributes);
    if (value.kind === 'string') attributes[TEXT_VALUE] = wellFormed(value.text);
    return attributes;
  }

  #metric(line: MetricLine): GaugeMetricData | SumMetricData {
    let metrics = this.#scopes.get(line.monitor);
    if (metrics === undefined) this.#scopes.set(line.monitor, (metrics = new Map()));
    const { name } = line.metric;
    let metric = metrics.get(name);
    if (metric === undefined) metrics.set(name, (metric = this.#newMetric(line.monitor, name)));
    return metric;
  }

  #newMetric(monitor: string, name: string): GaugeMetricData | SumMetricData {
    const { description, unit, cumulative } = this.#options.definitions.of(monitor, name);
    const metric = {
      descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPoints: [],
    };
    return cumulative && this.#options.cumulative === 'sum'
      ? { ...metric, dataPointType: DataPointType.SUM, isMonotonic: true }
      : { ...metric, dataPointType: DataPointType.GAUGE };
  }

  /** Many lines have the time of the line before. */
  #time(timeMs: number): HrTime {
    if (timeMs !== this.#latestMs) {
      this.#latestTime = toHrTime(timeMs);
      this.#latestMs = timeMs;
    }
    return this.#latestTime;
  }
}
