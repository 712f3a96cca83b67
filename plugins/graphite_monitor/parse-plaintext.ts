import { LONGEST_NAME } from './metric.ts';
import type { Metric } from './metric.ts';
import { parseNumber } from './parse-number.ts';

const PARTS = /^\s*(\S+)\s+(\S+)\s+(\S+)\s*$/;

/** A line of the plaintext protocol, `app.requests 42 1700000000`, without its end; undefined when it is none. */
export function parsePlaintext(line: string): Metric | undefined {
  const [, name = '', value = '', time = ''] = PARTS.exec(line) ?? [];
  const number = parseNumber(value);
  const timeSecs = parseNumber(time);
  if (number === undefined || timeSecs === undefined || !Number.isFinite(timeSecs)) return undefined;
  return name.length > LONGEST_NAME ? undefined : { name, value: number, timeSecs };
}
