import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { ValueType } from '@opentelemetry/api';
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';

/** 2014-07-29 20:22:06.789Z */
export const TIME: [number, number] = [1_406_665_326, 789_000_000];

export const TIME_NANO = 1_406_665_326_789_000_000n;

export const ENCODINGS = [
  { encoding: 'protobuf', contentType: 'application/x-protobuf', metrics: ProtobufMetricsSerializer },
  { encoding: 'json', contentType: 'application/json', metrics: JsonMetricsSerializer },
] as const;

/** A gauge with one point for each value. */
export function gauge(
  name: string,
  values: readonly number[],
  attributes: Record<string, string | number | boolean> = {},
): MetricData {
  return {
    descriptor: { name, description: '', unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints: values.map((value) => ({ startTime: [0, 0], endTime: TIME, attributes, value })),
  };
}

export function metricsOf(...metrics: MetricData[]): ResourceMetrics {
  return {
    resource: resourceFromAttributes({ 'host.name': 'web-1' }),
    scopeMetrics: [{ scope: { name: 'random_coin' }, metrics }],
  };
}

export function protobufOf(...metrics: MetricData[]): Uint8Array {
  return bytesOf(ProtobufMetricsSerializer.serializeRequest(metricsOf(...metrics)));
}

export function bytesOf(serialized: Uint8Array | undefined): Uint8Array {
  if (serialized === undefined) throw new Error('Nothing was serialized');
  return serialized;
}

export interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: Record<string, string>;
  readonly gzip?: boolean;
}

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one request on a connection of its own and reads the whole answer; rejects when the connection breaks. */
export async function send(url: string, body: Uint8Array | string, sent: Sent = {}): Promise<Response> {
  const {
    path = '/v1/metrics',
    method = 'POST',
    contentType = 'application/x-protobuf',
    gzip = false,
  } = sent;
  const bytes = gzip ? gzipSync(body) : Buffer.from(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}${path}`,
      {
        method,
        agent: false,
        headers: {
          'Content-Type': contentType,
          'Content-Length': bytes.length,
          ...(gzip && { 'Content-Encoding': 'gzip' }),
          ...sent.headers,
        },
      },
      (response) => {
        text(response).then(
          (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
          reject,
        );
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}
