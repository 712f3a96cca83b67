import { scanMetric } from './metric-scanner.ts';
import { parseHeader } from './parse-header.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import type { ParsedLine } from './parsed-line.ts';

/**
 * Takes one metric line apart; with or without its final `\n`, line breaks inside are part of it. Undefined when the line
 * does not start with a timestamp and `[name(id)] `.
 */
export function parseLine(line: string): ParsedLine | undefined {
  const timeMs = parseTimestamp(line);
  if (timeMs === undefined) return undefined;
  const header = parseHeader(line);
  if (header === undefined) return undefined;
  const { monitor, id } = header;
  const end = line.endsWith('\n') ? line.length - 1 : line.length;
  const metric = scanMetric(line, header.end, end);
  return metric === undefined
    ? { timeMs, monitor, id, text: line.slice(header.end, end) }
    : { timeMs, monitor, id, metric };
}
