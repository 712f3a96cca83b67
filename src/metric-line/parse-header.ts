import { TIMESTAMP_LENGTH } from './parse-timestamp.ts';

const START = TIMESTAMP_LENGTH + 1;
const END = ')] ';

/** Which monitor a line is of. */
export interface LineHeader {
  /** `[name(id)] `, which stands after the timestamp and one blank. */
  readonly text: string;
  readonly monitor: string;
  readonly id: string;
  /** Where the content of the line starts. */
  readonly end: number;
}

/** Lines of one monitor follow each other, so the header of the line before is mostly the one of this line. */
let latest: LineHeader = { text: '[()] ', monitor: '', id: '', end: START + 5 };

/**
 * The monitor in `line`; undefined when none follows the timestamp. The id is what stands between the last bracket that
 * closes and its partner: `[x(y)(z)]` is monitor `x(y)` with the id `z`, `[docker(a(b))]` is `docker` with `a(b)`.
 */
export function parseHeader(line: string): LineHeader | undefined {
  if (line.charCodeAt(TIMESTAMP_LENGTH) !== 32) return undefined;
  if (line.startsWith(latest.text, START)) return latest;
  const header = readHeader(line);
  if (header !== undefined) latest = header;
  return header;
}

function readHeader(line: string): LineHeader | undefined {
  if (line.charCodeAt(START) !== 91) return undefined;
  const closing = line.indexOf(END, START);
  const name = line.slice(START + 1, closing);
  const bracket = openingBracket(name);
  if (closing < 0 || bracket < 0 || name.includes('\n')) return undefined;
  const end = closing + END.length;
  return { text: line.slice(START, end), monitor: name.slice(0, bracket), id: name.slice(bracket + 1), end };
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
