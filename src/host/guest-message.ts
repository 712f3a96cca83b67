import { asFields, asNumber, asString, parseJson, type Fields } from './json-fields.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import { parseDescription } from './parse-description.ts';

/** What the program that a monitor lives in tells the collector. Travels as JSON text. */
export type GuestMessage =
  | { readonly type: 'started'; readonly description: MonitorDescription }
  | { readonly type: 'bad-configuration'; readonly message: string; readonly field?: string }
  | ({ readonly type: 'start-failed' } & Failure)
  /** Ends a gather or a run; `failure` when the monitor threw. */
  | { readonly type: 'done'; readonly failure?: Failure }
  | GuestDiagnostic
  /** The plugin threw where nobody catches; most likely the guest dies of it. */
  | ({ readonly type: 'crash' } & Failure)
  /** Sent last: why the guest ends now. */
  | { readonly type: 'ending'; readonly reason: EndingReason; readonly message: string };

export interface GuestDiagnostic {
  readonly type: 'diagnostic';
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly timeMs: number;
  readonly errorCode?: string;
  readonly stack?: string;
  /** Module and line that logged it: `my_monitor:17`. */
  readonly location?: string;
}

export interface Failure {
  readonly message: string;
  readonly stack?: string;
}

export type EndingReason = (typeof ENDING_REASONS)[number];

const ENDING_REASONS = ['stopped', 'finished', 'out-of-memory', 'crashed'] as const;
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Without a description that can be acted on a monitor has not started, whatever it says. */
const NOT_DESCRIBED: GuestMessage = {
  type: 'start-failed',
  message:
    'Cannot start the monitor: what it says about itself is not complete; wanted interval, metric log and metrics',
};

export function encodeGuestMessage(message: GuestMessage): string {
  return JSON.stringify(message);
}

/** Reads what a guest sent; undefined when it is not one of its messages. */
export function parseGuestMessage(text: unknown): GuestMessage | undefined {
  const fields = asFields(parseJson(text));
  if (fields === undefined) return undefined;
  switch (fields['type']) {
    case 'started': {
      const description = parseDescription(fields['description']);
      return description === undefined ? NOT_DESCRIBED : { type: 'started', description };
    }
    case 'bad-configuration':
      return parseBadConfiguration(fields);
    case 'start-failed':
    case 'crash': {
      const failure = parseFailure(fields);
      return failure === undefined ? undefined : { type: fields['type'], ...failure };
    }
    case 'done': {
      const failure = parseFailure(fields['failure']);
      return { type: 'done', ...(failure === undefined ? {} : { failure }) };
    }
    case 'diagnostic':
      return parseDiagnostic(fields);
    case 'ending':
      return parseEnding(fields);
    default:
      return undefined;
  }
}

function parseBadConfiguration(fields: Fields): GuestMessage | undefined {
  const message = asString(fields['message']);
  const field = asString(fields['field']);
  if (message === undefined) return undefined;
  return { type: 'bad-configuration', message, ...(field === undefined ? {} : { field }) };
}

function parseFailure(value: unknown): Failure | undefined {
  const fields = asFields(value);
  const message = asString(fields?.['message']);
  const stack = asString(fields?.['stack']);
  if (message === undefined) return undefined;
  return { message, ...(stack === undefined ? {} : { stack }) };
}

function parseDiagnostic(fields: Fields): GuestMessage | undefined {
  const level = LEVELS.find((known) => known === fields['level']);
  const message = asString(fields['message']);
  const timeMs = asNumber(fields['timeMs']);
  const errorCode = asString(fields['errorCode']);
  const stack = asString(fields['stack']);
  const location = asString(fields['location']);
  if (level === undefined || message === undefined || timeMs === undefined) return undefined;
  return {
    type: 'diagnostic',
    level,
    message,
    timeMs,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(stack === undefined ? {} : { stack }),
    ...(location === undefined ? {} : { location }),
  };
}

function parseEnding(fields: Fields): GuestMessage | undefined {
  const reason = ENDING_REASONS.find((known) => known === fields['reason']);
  const message = asString(fields['message']);
  return reason === undefined || message === undefined ? undefined : { type: 'ending', reason, message };
}
