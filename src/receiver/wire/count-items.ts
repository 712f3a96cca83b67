import protobuf from 'protobufjs/minimal.js';
import type { Signal } from '../../metric-line/line-block.ts';
import { nestedEnd } from './decode-protobuf.ts';
import { MalformedBody } from './malformed-body.ts';
import { reasonOf } from '../reason-of.ts';

const LENGTH_DELIMITED = 2;

/**
 * Field numbers on the way from the request to what is counted: resourceMetrics, scopeMetrics, metrics, then gauge, sum
 * or one of the distributions, then dataPoints; resourceLogs, scopeLogs, logRecords.
 */
const WAYS: Readonly<Record<Signal, readonly (readonly number[])[]>> = {
  metrics: [[1], [2], [2], [5, 7, 9, 10, 11], [1]],
  logs: [[1], [2], [2]],
};

/**
 * Counts the points or log records of a protobuf body without decoding them: for measurements, where the receiver must
 * not be what is measured. What is inside a point is not looked at.
 */
export function countItems(body: Buffer, signal: Signal): number {
  try {
    return countBelow(protobuf.Reader.create(body), WAYS[signal], 0);
  } catch (error) {
    throw new MalformedBody(`Cannot read the body as protobuf: ${reasonOf(error)}`, { cause: error });
  }
}

function countBelow(reader: protobuf.Reader, way: readonly (readonly number[])[], level: number): number {
  const wanted = way[level] ?? [];
  const isLast = level === way.length - 1;
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    if ((tag & 7) !== LENGTH_DELIMITED || !wanted.includes(tag >>> 3)) {
      reader.skipType(tag & 7, 0, tag >>> 3);
    } else if (isLast) {
      reader.skip(reader.size());
      count++;
    } else {
      const outerEnd = reader.len;
      reader.len = nestedEnd(reader);
      count += countBelow(reader, way, level + 1);
      reader.len = outerEnd;
    }
  }
  return count;
}
