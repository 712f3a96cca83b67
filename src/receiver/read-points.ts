import { readAttributes } from './read-attributes.ts';
import type { PointKind, ReceivedPoint } from './received.ts';
import { MalformedBody } from './wire/malformed-body.ts';
import type { WireMessage } from './wire/wire-message.ts';

/** Bit of `NumberDataPoint.flags`: there is, on purpose, no value. */
const NO_RECORDED_VALUE = 1;

const KINDS: ReadonlyMap<string, PointKind> = new Map([
  ['gauge', 'gauge'],
  ['sum', 'sum'],
  ['histogram', 'histogram'],
  ['exponentialHistogram', 'exponential_histogram'],
  ['summary', 'summary'],
]);

const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;

/** What all points of one metric have in common. */
type PointContext = Omit<ReceivedPoint, 'startTimeUnixNano' | 'timeUnixNano' | 'value' | 'attributes'>;

/** Flattens an ExportMetricsServiceRequest into its points, in the order they were sent. */
export function readPoints(request: WireMessage): ReceivedPoint[] {
  const points: ReceivedPoint[] = [];
  for (const resourceMetrics of request.messages('resourceMetrics')) {
    const resource = readAttributes(resourceMetrics.message('resource')?.messages('attributes') ?? []);
    for (const scopeMetrics of resourceMetrics.messages('scopeMetrics')) {
      const scope = scopeMetrics.message('scope')?.string('name') ?? '';
      for (const metric of scopeMetrics.messages('metrics')) {
        for (const point of readMetric(metric, { resource, scope })) points.push(point);
      }
    }
  }
  return points;
}

function readMetric(metric: WireMessage, place: Pick<ReceivedPoint, 'resource' | 'scope'>): ReceivedPoint[] {
  const name = metric.string('name');
  if (name === '') throw new MalformedBody('A metric has an empty name, wanted a name');
  for (const [field, kind] of KINDS) {
    const data = metric.message(field);
    if (data === undefined) continue;
    const context = {
      ...place,
      name,
      description: metric.string('description'),
      unit: metric.string('unit'),
      kind,
      ...aggregation(data, kind),
    };
    return data.messages('dataPoints').map((point) => readPoint(point, context));
  }
  return [];
}

function aggregation(data: WireMessage, kind: PointKind): Pick<ReceivedPoint, 'monotonic' | 'temporality'> {
  if (kind === 'gauge' || kind === 'summary') return {};
  const temporality = TEMPORALITIES[data.number('aggregationTemporality')] ?? 'unspecified';
  return kind === 'sum' ? { monotonic: data.boolean('isMonotonic'), temporality } : { temporality };
}

function readPoint(point: WireMessage, context: PointContext): ReceivedPoint {
  const isNumber = context.kind === 'gauge' || context.kind === 'sum';
  return {
    ...context,
    startTimeUnixNano: point.bigint('startTimeUnixNano'),
    timeUnixNano: point.bigint('timeUnixNano'),
    value: isNumber ? readNumber(point, context.name) : point.bigint('count'),
    attributes: readAttributes(point.messages('attributes')),
  };
}

function readNumber(point: WireMessage, metricName: string): number | bigint | null {
  if (point.get('asInt') !== undefined) return point.bigint('asInt');
  if (point.get('asDouble') !== undefined) return point.number('asDouble');
  if ((point.number('flags') & NO_RECORDED_VALUE) !== 0) return null;
  throw new MalformedBody(`A data point of "${metricName}" has no value, wanted asDouble or asInt`);
}
