import { asFields, asNumber, asString, type Fields } from './json-fields.ts';
import type {
  MetricDefinition,
  MetricLogRequest,
  MonitorDescription,
} from '../monitor/monitor-description.ts';

/** Reads a monitor's description of itself as it came over the border; undefined when it is none. */
export function parseDescription(value: unknown): MonitorDescription | undefined {
  const fields = asFields(value);
  const description = asString(fields?.['description']);
  const sampleIntervalSecs = asNumber(fields?.['sampleIntervalSecs']);
  const metricLog = parseMetricLog(asFields(fields?.['metricLog']));
  const metrics = parseMetrics(fields?.['metrics']);
  const runtime = asString(fields?.['runtime']);
  if (fields === undefined || description === undefined || sampleIntervalSecs === undefined) return undefined;
  if (metricLog === undefined || metrics === undefined) return undefined;
  return {
    description,
    drivesItself: fields['drivesItself'] === true,
    disabled: fields['disabled'] === true,
    sampleIntervalSecs,
    metricLog,
    metrics,
    ...(runtime === undefined ? {} : { runtime }),
  };
}

function parseMetricLog(fields: Fields | undefined): MetricLogRequest | undefined {
  const path = asString(fields?.['path']);
  const writeRate = asNumber(fields?.['writeRate']);
  const maxWriteBurst = asNumber(fields?.['maxWriteBurst']);
  const flushDelaySecs = asNumber(fields?.['flushDelaySecs']);
  const rotationMaxBytes = asNumber(fields?.['rotationMaxBytes']);
  const rotationBackupCount = asNumber(fields?.['rotationBackupCount']);
  if (path === undefined || writeRate === undefined) return undefined;
  if (maxWriteBurst === undefined || flushDelaySecs === undefined) return undefined;
  return {
    path,
    writeRate,
    maxWriteBurst,
    flushDelaySecs,
    ...(rotationMaxBytes === undefined ? {} : { rotationMaxBytes }),
    ...(rotationBackupCount === undefined ? {} : { rotationBackupCount }),
  };
}

function parseMetrics(value: unknown): MetricDefinition[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const metrics = value.map(parseMetric).filter((metric) => metric !== undefined);
  return metrics.length === value.length ? metrics : undefined;
}

function parseMetric(value: unknown): MetricDefinition | undefined {
  const fields = asFields(value);
  const name = asString(fields?.['name']);
  const description = asString(fields?.['description']);
  const unit = asString(fields?.['unit']);
  if (name === undefined || description === undefined) return undefined;
  const cumulative = fields?.['cumulative'] === true;
  return { name, description, cumulative, ...(unit === undefined ? {} : { unit }) };
}
