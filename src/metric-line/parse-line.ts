import { scanMetric } from './metric-scanner.ts';
import type { ParsedLine } from './parsed-line.ts';
import { parseTimestamp, TIMESTAMP_LENGTH } from './parse-timestamp.ts';

const HEADER_START = TIMESTAMP_LENGTH + 1;
const HEADER_END = ')] ';

/**
 * Takes one metric line apart; with or without its final `\n`, line breaks inside are part of it. Undefined when the line
 * does not start with a timestamp and `[name(id)] `.
 *
 * The id is what stands between the last round bracket that closes and its partner: `[x(y)(z)]` is monitor `x(y)` with
 * the id `z`, `[docker(a(b))]` is monitor `docker` with the id `a(b)`.
 */
export function parseLine(line: string): ParsedLine | undefined {
  const timeMs = parseTimestamp(line);
  if (timeMs === undefined) return undefined;
  const header = parseHeader(line);
  if (header === undefined) return undefined;
  const { monitor, id, text } = header;
  const start = HEADER_START + text.length;
  const end = line.endsWith('\n') ? line.length - 1 : line.length;
  const metric = scanMetric(line, start, end);
  return metric === undefined
    ? { timeMs, monitor, id, text: line.slice(start, end) }
    : { timeMs, monitor, id, metric };
}

interface Header {
  /** `[name(id)] ` */
  readonly text: string;
  readonly monitor: string;
  readonly id: string;
}

/** Lines of one monitor follow each other, so the header of the line before is mostly the one of this line. */
let latest: Header = { text: '[()] ', monitor: '', id: '' };

function parseHeader(line: string): Header | undefined {
  if (line.startsWith(latest.text, HEADER_START) && line.charCodeAt(TIMESTAMP_LENGTH) === 32) return latest;
  const header = readHeader(line);
  if (header !== undefined) latest = header;
  return header;
}

function readHeader(line: string): Header | undefined {
  if (!line.startsWith(' [', TIMESTAMP_LENGTH)) return undefined;
  const end = line.indexOf(HEADER_END, HEADER_START);
  if (end < 0) return undefined;
  const name = line.slice(HEADER_START + 1, end);
  if (name.includes('\n')) return undefined;
  const bracket = openingBracket(name);
  if (bracket < 0) return undefined;
  return {
    text: line.slice(HEADER_START, end + HEADER_END.length),
    monitor: name.slice(0, bracket),
    id: name.slice(bracket + 1),
  };
}

/** Where the bracket opens that closes at the end of `name`; the first one when brackets do not pair up, or -1. */
function openingBracket(name: string): number {
  let depth = 1;
  for (let at = name.length - 1; at >= 0; at--) {
    const character = name[at];
    if (character === ')') depth++;
    if (character === '(') depth--;
    if (depth === 0) return at;
  }
  return name.indexOf('(');
}
