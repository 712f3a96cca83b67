/**
 * The collector's own diagnostic log, as its parts see it. pino stands behind it (see create-logger.ts).
 *
 * Messages are sentences that say what happened and, where there is something, what to do. `context` never holds a
 * secret: no header values, no api_key.
 */
export interface Logger {
  debug(message: string, context?: LogContext): void;
  info(message: string, context?: LogContext): void;
  warn(message: string, context?: LogContext): void;
  error(message: string, context?: LogContext): void;
}

/** Fields beside the message. `monitor` names the instance a message is about, `error` is the cause. */
export interface LogContext {
  readonly monitor?: string;
  readonly backend?: string;
  readonly errorCode?: string;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}
