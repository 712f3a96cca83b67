import type { Signal } from '../metric-line/line-block.ts';
import type { BodyEncoding } from './body-encoding.ts';
import { readLogs } from './read-logs.ts';
import { readPoints } from './read-points.ts';
import type { ReceivedExport } from './received.ts';
import { countItems } from './wire/count-items.ts';
import { decodeJson } from './wire/decode-json.ts';
import { decodeProtobuf } from './wire/decode-protobuf.ts';
import { logsRequest, metricsRequest } from './wire/otlp-schema.ts';

export interface ContentFormat {
  readonly signal: Signal;
  readonly encoding: BodyEncoding;
  /** `count`: only the number of points or log records of a protobuf body is found out; JSON is always read fully. */
  readonly decode: 'full' | 'count';
}

/** Decodes the body of an export; a body that is not what it should be throws MalformedBody. */
export function decodeContent(body: Buffer, { signal, encoding, decode }: ContentFormat): ReceivedExport {
  const none = { signal, encoding, points: [], logs: [] };
  if (decode === 'count' && encoding === 'protobuf') return { ...none, count: countItems(body, signal) };
  const schema = signal === 'metrics' ? metricsRequest : logsRequest;
  const request = encoding === 'json' ? decodeJson(body, schema) : decodeProtobuf(body, schema);
  if (signal === 'metrics') {
    const points = readPoints(request);
    return { ...none, count: points.length, points };
  }
  const logs = readLogs(request);
  return { ...none, count: logs.length, logs };
}
