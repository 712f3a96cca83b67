import { ProtobufLogsSerializer, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { cleanMessage } from './clean-message.ts';
import type { AnswerContext, HttpAnswer } from './http-answer.ts';

/** What a successful answer says about items that were not taken. */
export interface PartialSuccess {
  /** Never negative. The number, not the presence of the message, says whether something was rejected. */
  readonly rejectedItems: number;
  readonly message: string;
}

/**
 * Reads `ExportMetricsServiceResponse` or `ExportLogsServiceResponse` in the format that the answer names, otherwise in
 * the one of the request. Undefined when the body is neither empty nor such a message.
 */
export function readPartialSuccess(answer: HttpAnswer, context: AnswerContext): PartialSuccess | undefined {
  if (answer.body.length === 0) return { rejectedItems: 0, message: '' };
  try {
    return isJson(answer, context) ? fromJson(answer.body) : fromProtobuf(answer.body, context);
  } catch {
    return undefined;
  }
}

function isJson(answer: HttpAnswer, context: AnswerContext): boolean {
  if (answer.contentType.includes('json')) return true;
  return !answer.contentType.includes('protobuf') && context.protocol === 'http/json';
}

function fromProtobuf(body: Uint8Array, context: AnswerContext): PartialSuccess {
  if (context.signal === 'metrics') {
    const partial = ProtobufMetricsSerializer.deserializeResponse(body).partialSuccess;
    return partialSuccess(partial?.rejectedDataPoints, partial?.errorMessage);
  }
  const partial = ProtobufLogsSerializer.deserializeResponse(body).partialSuccess;
  return partialSuccess(partial?.rejectedLogRecords, partial?.errorMessage);
}

/** Not by the package's JSON serializer: that one turns garbage into an empty success. */
function fromJson(body: Uint8Array): PartialSuccess {
  const response: unknown = JSON.parse(new TextDecoder().decode(body));
  if (!isObject(response)) throw new TypeError('an OTLP response is an object');
  const partial = isObject(response.partialSuccess) ? response.partialSuccess : {};
  return partialSuccess(partial.rejectedDataPoints ?? partial.rejectedLogRecords, partial.errorMessage);
}

/** In JSON an int64 is a string, as a rule, or a number. */
function partialSuccess(rejected: unknown, message: unknown): PartialSuccess {
  const count =
    typeof rejected === 'number' || typeof rejected === 'string' ? Math.trunc(Number(rejected)) : 0;
  return {
    rejectedItems: Number.isFinite(count) ? Math.max(0, count) : 0,
    message: typeof message === 'string' ? cleanMessage(message) : '',
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
