import { formatTimestamp } from '../metric-line/format-timestamp.ts';

/** A record as pino writes it, with the fields that the collector gives. */
export interface LogRecord {
  readonly level: number;
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
  readonly msg: string;
  readonly monitor?: string;
  /** Module and line of the plugin that logged it. */
  readonly location?: string;
  readonly errorCode?: string;
  readonly stack?: string;
  readonly [field: string]: unknown;
}

const SHOWN_ELSEWHERE = new Set(['level', 'time', 'msg', 'monitor', 'location', 'errorCode', 'stack']);

/**
 * One line of the diagnostic log in the manner of the Scalyr agent's: time, level, component, location, error code,
 * message, then the remaining fields as `name=value`; a stack trace follows, indented by two spaces.
 */
export function formatRecord(record: LogRecord): string {
  const component = record.monitor === undefined ? 'core' : `monitor:${record.monitor}`;
  const location = record.location === undefined ? '' : ` [${record.location}]`;
  const code = record.errorCode === undefined ? '' : ` [error="${record.errorCode}"]`;
  const head = `${formatTimestamp(record.time)} ${levelName(record.level)} [${component}]${location}${code} ${record.msg}`;
  return `${head}${otherFields(record)}${stackTrace(record)}\n`;
}

function levelName(level: number): string {
  if (level >= 50) return 'ERROR';
  if (level >= 40) return 'WARNING';
  return level >= 30 ? 'INFO' : 'DEBUG';
}

function otherFields(record: LogRecord): string {
  return Object.entries(record)
    .filter(([name, value]) => value !== undefined && !SHOWN_ELSEWHERE.has(name))
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    .join('');
}

function stackTrace(record: LogRecord): string {
  if (record.stack === undefined) return '';
  return ` :stack_trace:\n  ${record.stack.replaceAll('\n', '\n  ')}`;
}
