import type { Signal } from '../metric-line/line-block.ts';

/**
 * A value of an attribute or the body of a log record, with its OTLP type kept apart by the JavaScript type: int is
 * `bigint`, double is `number`, bytes are `Uint8Array`, a key-value list is {@link Attributes}, no value at all is null.
 */
export type AttributeValue =
  string | boolean | bigint | number | Uint8Array | readonly AttributeValue[] | Attributes | null;

export interface Attributes {
  readonly [key: string]: AttributeValue;
}

export type PointKind = 'gauge' | 'sum' | 'histogram' | 'exponential_histogram' | 'summary';

/** One data point of any metric, with what its resource, scope and metric say about it. */
export interface ReceivedPoint {
  /** The same object for all points of one resource in one request. */
  readonly resource: Attributes;
  /** Name of the instrumentation scope. */
  readonly scope: string;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly kind: PointKind;
  /** Of a sum. */
  readonly monotonic?: boolean;
  /** Of a sum or a histogram. */
  readonly temporality?: 'unspecified' | 'delta' | 'cumulative';
  /** 0n when the sender did not say. */
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  /** A double is `number`, an int is `bigint`; of a histogram or summary its count; null for "no recorded value". */
  readonly value: number | bigint | null;
  readonly attributes: Attributes;
}

/** One log record, with its resource and scope. */
export interface ReceivedLog {
  readonly resource: Attributes;
  readonly scope: string;
  /** Empty when the record is no event. */
  readonly eventName: string;
  readonly body: AttributeValue;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  readonly attributes: Attributes;
}

/** What one request brought and the receiver took. With `decode: 'count'`, `points` and `logs` are empty. */
export interface ReceivedExport {
  readonly signal: Signal;
  readonly encoding: 'protobuf' | 'json';
  /** Points or log records taken. */
  readonly count: number;
  readonly points: readonly ReceivedPoint[];
  readonly logs: readonly ReceivedLog[];
}
