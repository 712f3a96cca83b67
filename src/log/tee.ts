import type { LogContext, Logger } from './logger.ts';

/** A logger that gives every message to each of `loggers`. */
export function tee(...loggers: readonly Logger[]): Logger {
  const each =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, context?: LogContext): void => {
      for (const logger of loggers) logger[level](message, context);
    };
  return { debug: each('debug'), info: each('info'), warn: each('warn'), error: each('error') };
}
