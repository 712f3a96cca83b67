import type { LogContext, Logger } from '../../src/log/logger.ts';

/** A message that a part of the collector logged. */
export interface Recorded {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly context: LogContext;
}

/** Keeps what was logged, for a test to look at. */
export class RecordingLogger implements Logger {
  readonly records: Recorded[] = [];

  debug(message: string, context: LogContext = {}): void {
    this.records.push({ level: 'debug', message, context });
  }

  info(message: string, context: LogContext = {}): void {
    this.records.push({ level: 'info', message, context });
  }

  warn(message: string, context: LogContext = {}): void {
    this.records.push({ level: 'warn', message, context });
  }

  error(message: string, context: LogContext = {}): void {
    this.records.push({ level: 'error', message, context });
  }

  messages(level: Recorded['level']): string[] {
    return this.records.filter((record) => record.level === level).map((record) => record.message);
  }
}
