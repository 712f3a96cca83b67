import { pino } from 'pino';
import type { LogContext, Logger } from './logger.ts';
import { formatRecord, type LogRecord } from './format-record.ts';

/** How a logger is made. */
export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** `text`: the line format of the Scalyr agent's own log; `json`: pino's records, one to a line. */
  readonly format: 'text' | 'json';
  /** Wall clock, milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Takes finished lines, each ending in `\n`. */
  readonly write: (line: string) => void;
}

/** The collector's diagnostic log: pino, with its output in the agent's line format unless JSON is asked for. */
export function createLogger(options: LoggerOptions): Logger {
  const destination = {
    write: options.format === 'json' ? options.write : (json: string) => options.write(textLine(json)),
  };
  const backend = pino(
    { level: options.level, base: null, timestamp: () => `,"time":${options.now()}` },
    destination,
  );
  return {
    debug: (message, context) => backend.debug(fields(context), message),
    info: (message, context) => backend.info(fields(context), message),
    warn: (message, context) => backend.warn(fields(context), message),
    error: (message, context) => backend.error(fields(context), message),
  };
}

function textLine(json: string): string {
  // pino wrote this record a moment ago from our own fields, so its shape is known.
  const record: LogRecord = JSON.parse(json);
  return formatRecord(record);
}

function fields(context: LogContext = {}): Record<string, unknown> {
  const { error, ...rest } = context;
  if (error === undefined) return rest;
  if (!(error instanceof Error)) return { ...rest, error };
  return { ...rest, error: error.message, stack: error.stack, cause: causeOf(error) };
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? error.cause.message : undefined;
}
