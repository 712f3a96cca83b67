import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { BackendSettings } from '../config/configuration.ts';
import type { LogRecord } from './map-logs.ts';
import type { EncodedRequest } from './transport.ts';

/** Which of a backend's settings say what a body looks like. */
export type BodyFormat = Pick<BackendSettings, 'protocol' | 'compression'>;

/** Level 1 costs a quarter of level 6 and saves nearly as much (4.7 times against 6.1 on data points). */
const GZIP_LEVEL = 1;

const compress = promisify(gzip);

/** The body of an ExportMetricsServiceRequest. Rejects when something in it cannot be expressed. */
export async function encodeMetrics(metrics: ResourceMetrics, format: BodyFormat): Promise<EncodedRequest> {
  return toRequest('metrics', serializeMetrics(metrics, format), format);
}

/** The body of an ExportLogsServiceRequest. Rejects when something in it cannot be expressed. */
export async function encodeLogs(records: LogRecord[], format: BodyFormat): Promise<EncodedRequest> {
  const serializer = format.protocol === 'http/json' ? JsonLogsSerializer : ProtobufLogsSerializer;
  return toRequest('logs', written('logs', serializer.serializeRequest(records)), format);
}

/** An ExportMetricsServiceRequest before compression. Throws when something in it cannot be expressed. */
export function serializeMetrics(metrics: ResourceMetrics, { protocol }: BodyFormat): Uint8Array {
  const serializer = protocol === 'http/json' ? JsonMetricsSerializer : ProtobufMetricsSerializer;
  return written('metrics', serializer.serializeRequest(metrics));
}

/** Makes a request of a serialized body. */
export async function toRequest(
  signal: EncodedRequest['signal'],
  body: Uint8Array,
  { protocol, compression }: BodyFormat,
): Promise<EncodedRequest> {
  const contentType = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf';
  if (compression === 'none') return { signal, body, contentType };
  return { signal, body: await compress(body, { level: GZIP_LEVEL }), contentType, contentEncoding: 'gzip' };
}

function written(signal: EncodedRequest['signal'], body: Uint8Array | undefined): Uint8Array {
  if (body === undefined) throw new TypeError(`${signal} could not be serialized`);
  return body;
}
