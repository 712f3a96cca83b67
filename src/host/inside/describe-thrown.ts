import type { Failure } from '../guest-message.ts';
import { MAX_MESSAGE_LENGTH, MAX_STACK_LENGTH, shorten } from '../shorten.ts';

/** Says in plain data what a plugin threw, which can be anything. The causes of an error stand below its stack trace. */
export function describeThrown(thrown: unknown): Failure {
  if (!(thrown instanceof Error))
    return { message: shorten(`Thrown: ${asText(thrown)}`, MAX_MESSAGE_LENGTH) };
  const stack = stackWithCauses(thrown);
  return {
    message: shorten(thrown.message === '' ? thrown.name : thrown.message, MAX_MESSAGE_LENGTH),
    stack: shorten(stack, MAX_STACK_LENGTH),
  };
}

function stackWithCauses(error: Error): string {
  const own = error.stack ?? String(error);
  if (error.cause === undefined || error.cause === error) return own;
  const cause =
    error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : asText(error.cause);
  return `${own}\nCaused by: ${cause}`;
}

function asText(value: unknown): string {
  try {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return Object.prototype.toString.call(value);
  }
}
