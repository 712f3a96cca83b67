import { STATUS_CODES } from 'node:http';
import { withoutQuery } from '../config/endpoint.ts';
import { cleanMessage } from './clean-message.ts';
import { readErrorMessage } from './error-message.ts';
import type { AnswerContext, HttpAnswer } from './http-answer.ts';
import { readPartialSuccess } from './partial-success.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { SendOutcome } from './send-outcome.ts';

/**
 * Statuses that no other data would change. 415 is among them because the format is the same for every request: a
 * backend without JSON must not send a day of good data to the dead letters.
 */
const ENDPOINT_WRONG = new Set([401, 402, 403, 404, 405, 407, 410, 415]);
const TRY_LATER = new Set([408, 425, 429]);

/** What follows from an answer: the status decides, and of a success the body says how much of it was one. */
export function outcomeOfAnswer(answer: HttpAnswer, context: AnswerContext): SendOutcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return accepted(answer, context);
  const reason = describe(answer);
  if (status >= 500 || TRY_LATER.has(status)) {
    const afterMs = parseRetryAfter(answer.retryAfter, context.nowMs);
    return afterMs === undefined ? { kind: 'retry', reason } : { kind: 'retry', reason, afterMs };
  }
  if (status < 400 || ENDPOINT_WRONG.has(status)) return { kind: 'endpoint-wrong', reason };
  return { kind: 'refused', status, reason };
}

function accepted(answer: HttpAnswer, context: AnswerContext): SendOutcome {
  const partial = readPartialSuccess(answer, context);
  if (partial !== undefined) return { kind: 'accepted', ...partial };
  const message = `answered HTTP ${answer.status} with a body that is no OTLP response; taken as a success`;
  return { kind: 'accepted', rejectedItems: 0, message };
}

function describe(answer: HttpAnswer): string {
  const name = STATUS_CODES[answer.status];
  const title = `HTTP ${answer.status}${name === undefined ? '' : ` ${name}`}`;
  if (answer.status < 400 && answer.location !== undefined) {
    return `${title} to "${cleanMessage(withoutQuery(answer.location))}", redirects are not followed`;
  }
  const message = readErrorMessage(answer);
  return message === '' ? title : `${title}: ${message}`;
}
