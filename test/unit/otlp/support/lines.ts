import { parseLine } from '../../../../src/metric-line/parse-line.ts';
import type { MetricLine, ParsedLine } from '../../../../src/metric-line/parsed-line.ts';

/** The start of every line in these tests; 1406665326789 ms. */
export const PREFIX = '2014-07-29 20:22:06.789Z [coin_monitor()] ';

/** `uniform 0.98 count=1` as a whole line of `coin_monitor()`, without `\n`. */
export function lineOf(content: string): string {
  return PREFIX + content;
}

export function parsed(line: string): ParsedLine {
  const result = parseLine(line);
  if (result === undefined) throw new Error(`not a metric line: ${line}`);
  return result;
}

export function metricLine(line: string): MetricLine {
  const result = parsed(line);
  if (result.metric === undefined) throw new Error(`free text: ${line}`);
  return result;
}
