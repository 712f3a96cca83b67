import { parseHeader } from './parse-header.ts';
import { parseTimestamp, TIMESTAMP_LENGTH } from './parse-timestamp.ts';

/** What the Scalyr agent writes between records, without a timestamp, when its rate limit has dropped some. */
const LIMIT_WARNING = '.... Warning, skipped writing ';

/**
 * Splits the text of a metric log into its records. A record starts with a timestamp and `[name(id)] `; any other line
 * continues the record before it, except the rate limiter's warning, which stands by itself. Records keep their line
 * breaks, so joining them gives `text` again; the last one has no final `\n` when `text` has none.
 */
export function splitRecords(text: string): string[] {
  const records: string[] = [];
  let start = 0;
  let afterWarning = false;
  for (let line = 0; line < text.length; line = endOfLine(text, line)) {
    const isWarning = text.startsWith(LIMIT_WARNING, line);
    if (line > start && (isWarning || afterWarning || startsRecord(text, line))) {
      records.push(text.slice(start, line));
      start = line;
    }
    afterWarning = isWarning;
  }
  if (start < text.length) records.push(text.slice(start));
  return records;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function startsRecord(text: string, at: number): boolean {
  // cheap, and false for nearly every line that continues a record
  if (!text.startsWith(' [', at + TIMESTAMP_LENGTH)) return false;
  const line = text.slice(at, endOfLine(text, at));
  return parseTimestamp(line) !== undefined && parseHeader(line) !== undefined;
}
