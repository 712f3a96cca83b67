import protobuf from 'protobufjs/minimal.js';
import type { Signal } from '../metric-line/line-block.ts';
import { CONTENT_TYPES, type BodyEncoding } from './body-encoding.ts';

/** An HTTP answer, ready to be written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Why it is not 200, as the body says it too. */
  readonly message?: string;
}

/** Points or log records that were not taken although the answer is 200. */
export interface Rejected {
  readonly count: number;
  readonly message: string;
}

/**
 * The answer 200 to an export. `partial_success` is always present, empty when nothing was rejected, as the
 * OpenTelemetry Collector answers: a client must look at the count, not at the presence.
 */
export function exportAnswer(encoding: BodyEncoding, signal: Signal, rejected: Rejected): Answer {
  return answerWith(encoding, 200, {
    json: {
      partialSuccess: {
        ...(rejected.count > 0 && {
          [signal === 'metrics' ? 'rejectedDataPoints' : 'rejectedLogRecords']: String(rejected.count),
        }),
        ...(rejected.message !== '' && { errorMessage: rejected.message }),
      },
    },
    write(writer) {
      const partialSuccess = writer.uint32(tag(1, LENGTH_DELIMITED)).fork();
      if (rejected.count > 0) partialSuccess.uint32(tag(1, VARINT)).int64(rejected.count);
      if (rejected.message !== '') partialSuccess.uint32(tag(2, LENGTH_DELIMITED)).string(rejected.message);
      partialSuccess.ldelim();
    },
  });
}

/** An error answer with an OTLP Status body. */
export function statusAnswer(encoding: BodyEncoding, status: number, message: string): Answer {
  const code = RPC_CODES.get(status) ?? UNKNOWN;
  const answer = answerWith(encoding, status, {
    json: { code, message },
    write: (writer) =>
      writer.uint32(tag(1, VARINT)).int32(code).uint32(tag(2, LENGTH_DELIMITED)).string(message),
  });
  return { ...answer, message };
}

const UNKNOWN = 2;

/** Codes of google.rpc.Status, as the OpenTelemetry Collector pairs them with HTTP statuses. */
const RPC_CODES: ReadonlyMap<number, number> = new Map([
  [400, 3], // INVALID_ARGUMENT
  [401, 16], // UNAUTHENTICATED
  [403, 7], // PERMISSION_DENIED
  [404, 5], // NOT_FOUND
  [405, 12], // UNIMPLEMENTED
  [413, 8], // RESOURCE_EXHAUSTED
  [415, 3],
  [422, 3],
  [429, 8],
  [500, 13], // INTERNAL
  [502, 14], // UNAVAILABLE
  [503, 14],
  [504, 4], // DEADLINE_EXCEEDED
]);

const VARINT = 0;
const LENGTH_DELIMITED = 2;

interface AnswerContent {
  readonly json: object;
  readonly write: (writer: protobuf.Writer) => void;
}

function answerWith(encoding: BodyEncoding, status: number, content: AnswerContent): Answer {
  const headers = { 'Content-Type': CONTENT_TYPES[encoding] };
  if (encoding === 'json') return { status, headers, body: Buffer.from(JSON.stringify(content.json)) };
  const writer = protobuf.Writer.create();
  content.write(writer);
  return { status, headers, body: writer.finish() };
}

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}
