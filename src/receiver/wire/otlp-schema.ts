import { many, MessageSchema, one, type FieldSchema } from './message-schema.ts';

/**
 * The messages of OTLP 1.x that the receiver reads, with the field numbers of opentelemetry-proto. Fields left out here
 * (exemplars, buckets, quantiles, dropped counts, schema URLs) are skipped as fields of a newer protocol would be.
 */
const anyValue: MessageSchema = new MessageSchema('AnyValue', () => [
  one(1, 'stringValue', 'string'),
  one(2, 'boolValue', 'bool'),
  one(3, 'intValue', 'int64'),
  one(4, 'doubleValue', 'double'),
  one(5, 'arrayValue', new MessageSchema('ArrayValue', () => [many(1, 'values', anyValue)])),
  one(6, 'kvlistValue', new MessageSchema('KeyValueList', () => [many(1, 'values', keyValue)])),
  one(7, 'bytesValue', 'bytes'),
]);

const keyValue = new MessageSchema('KeyValue', () => [one(1, 'key', 'string'), one(2, 'value', anyValue)]);

const resource = new MessageSchema('Resource', () => [many(1, 'attributes', keyValue)]);

const scope = new MessageSchema('InstrumentationScope', () => [
  one(1, 'name', 'string'),
  one(2, 'version', 'string'),
]);

const numberDataPoint = new MessageSchema('NumberDataPoint', () => [
  ...times(),
  one(4, 'asDouble', 'double'),
  one(6, 'asInt', 'sfixed64'),
  many(7, 'attributes', keyValue),
  one(8, 'flags', 'uint32'),
]);

const gauge = new MessageSchema('Gauge', () => [many(1, 'dataPoints', numberDataPoint)]);

const sum = new MessageSchema('Sum', () => [
  many(1, 'dataPoints', numberDataPoint),
  one(2, 'aggregationTemporality', 'enum'),
  one(3, 'isMonotonic', 'bool'),
]);

const histogram = new MessageSchema('Histogram', () => [
  many(1, 'dataPoints', distributionPoint('HistogramDataPoint', 9)),
  one(2, 'aggregationTemporality', 'enum'),
]);

const exponentialHistogram = new MessageSchema('ExponentialHistogram', () => [
  many(1, 'dataPoints', distributionPoint('ExponentialHistogramDataPoint', 1)),
  one(2, 'aggregationTemporality', 'enum'),
]);

const summary = new MessageSchema('Summary', () => [
  many(1, 'dataPoints', distributionPoint('SummaryDataPoint', 7)),
]);

const metric = new MessageSchema('Metric', () => [
  one(1, 'name', 'string'),
  one(2, 'description', 'string'),
  one(3, 'unit', 'string'),
  one(5, 'gauge', gauge),
  one(7, 'sum', sum),
  one(9, 'histogram', histogram),
  one(10, 'exponentialHistogram', exponentialHistogram),
  one(11, 'summary', summary),
]);

const scopeMetrics = new MessageSchema('ScopeMetrics', () => [
  one(1, 'scope', scope),
  many(2, 'metrics', metric),
]);

const resourceMetrics = new MessageSchema('ResourceMetrics', () => [
  one(1, 'resource', resource),
  many(2, 'scopeMetrics', scopeMetrics),
]);

/** Body of a POST to `/v1/metrics`. */
export const metricsRequest = new MessageSchema('ExportMetricsServiceRequest', () => [
  many(1, 'resourceMetrics', resourceMetrics),
]);

const logRecord = new MessageSchema('LogRecord', () => [
  one(1, 'timeUnixNano', 'fixed64'),
  one(2, 'severityNumber', 'enum'),
  one(3, 'severityText', 'string'),
  one(5, 'body', anyValue),
  many(6, 'attributes', keyValue),
  one(11, 'observedTimeUnixNano', 'fixed64'),
  one(12, 'eventName', 'string'),
]);

const scopeLogs = new MessageSchema('ScopeLogs', () => [
  one(1, 'scope', scope),
  many(2, 'logRecords', logRecord),
]);

const resourceLogs = new MessageSchema('ResourceLogs', () => [
  one(1, 'resource', resource),
  many(2, 'scopeLogs', scopeLogs),
]);

/** Body of a POST to `/v1/logs`. */
export const logsRequest = new MessageSchema('ExportLogsServiceRequest', () => [
  many(1, 'resourceLogs', resourceLogs),
]);

/** The three kinds of points that summarise many values differ, for us, in one field number. */
function distributionPoint(name: string, attributesNumber: number): MessageSchema {
  return new MessageSchema(name, () => [
    ...times(),
    one(4, 'count', 'fixed64'),
    many(attributesNumber, 'attributes', keyValue),
  ]);
}

function times(): FieldSchema[] {
  return [one(2, 'startTimeUnixNano', 'fixed64'), one(3, 'timeUnixNano', 'fixed64')];
}
