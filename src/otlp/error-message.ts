import { cleanMessage } from './clean-message.ts';
import type { HttpAnswer } from './http-answer.ts';

const MAX_VARINT_BYTES = 10;

/**
 * What an error answer says, cleaned and shortened: the message of a `google.rpc.Status` in protobuf or JSON, as OTLP
 * demands, otherwise the body as text. Empty when it says nothing.
 */
export function readErrorMessage(answer: Pick<HttpAnswer, 'contentType' | 'body'>): string {
  if (answer.contentType.includes('protobuf')) {
    const message = messageOfStatus(answer.body);
    if (message !== undefined) return cleanMessage(message);
  }
  const text = new TextDecoder().decode(answer.body);
  return cleanMessage(messageOfJson(text) ?? text);
}

/** `Status.message` is field 2, a string; field 1 before it is a varint. Anything else: undefined. */
function messageOfStatus(body: Uint8Array): string | undefined {
  const at = body[0] === 0x08 ? readVarint(body, 1).end : 0;
  if (body[at] !== 0x12) return undefined;
  const { value: length, end: start } = readVarint(body, at + 1);
  if (start + length > body.length) return undefined;
  return new TextDecoder().decode(body.subarray(start, start + length));
}

/** The number at `from`, of at most {@link MAX_VARINT_BYTES} bytes, and where it ends. */
function readVarint(body: Uint8Array, from: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    const byte = body[from + i] ?? 0;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, end: from + i + 1 };
  }
  return { value, end: from + MAX_VARINT_BYTES };
}

function messageOfJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if ('message' in value && typeof value.message === 'string') return value.message;
    if ('error' in value && typeof value.error === 'string') return value.error;
    return undefined;
  } catch {
    return undefined;
  }
}
