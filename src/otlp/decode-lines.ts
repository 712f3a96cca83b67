import { isAscii } from 'node:buffer';
import type { SpooledLines } from '../spool/spool-contract.ts';

/**
 * The lines of a spool record as strings, without their final `\n`.
 *
 * A record is decoded once as a whole and its lines are slices of that string; only where bytes and characters differ is
 * each line decoded by itself.
 */
export function decodeLines(record: SpooledLines): string[] {
  const { text, lengths } = record;
  const whole = isAscii(text) ? text.toString('latin1') : undefined;
  const lines: string[] = [];
  let from = 0;
  for (const length of lengths.subarray(0, record.count)) {
    const to = from + length - 1;
    lines.push(whole === undefined ? text.toString('utf8', from, to) : whole.slice(from, to));
    from += length;
  }
  return lines;
}
