import { cleanMessage } from './clean-message.ts';
import type { HttpAnswer } from './http-answer.ts';

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
  let at = 0;
  if (body[at] === 0x08) at = endOfVarint(body, at + 1);
  if (body[at] !== 0x12) return undefined;
  const start = endOfVarint(body, at + 1);
  const length = readVarint(body, at + 1);
  if (start + length > body.length) return undefined;
  return new TextDecoder().decode(body.subarray(start, start + length));
}

function endOfVarint(body: Uint8Array, from: number): number {
  let at = from;
  while ((body[at] ?? 0) >= 0x80) at++;
  return at + 1;
}

function readVarint(body: Uint8Array, from: number): number {
  let value = 0;
  for (let at = from, factor = 1; at < endOfVarint(body, from); at++, factor *= 128) {
    value += ((body[at] ?? 0) & 0x7f) * factor;
  }
  return value;
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
