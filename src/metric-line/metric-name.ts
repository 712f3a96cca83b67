/** Names that Scalyr uses itself; a metric or field of that name gets `_` appended. */
const RESERVED: ReadonlySet<string> = new Set([
  'logfile',
  'monitor',
  'metric',
  'value',
  'instance',
  'severity',
]);

/** Letters and digits of any script count, except in the first place; a single line break at the end slips through. */
const LEGAL = /^[_a-zA-Z][\p{L}\p{N}_.-]*\n?$/u;
const ILLEGAL_CHARACTER = /[^\p{L}\p{N}_.-]/gu;
const LEGAL_START = /^[_a-zA-Z]/;

const REMEMBERED_NAMES = 10_000;
const remembered = new Map<string, string>();

/**
 * The name under which a metric or an extra field is written: `name` itself when it is legal, otherwise what the Scalyr
 * agent makes of it (`1k` becomes `sa_1k`, `a b` becomes `a_b`, the reserved `value` becomes `value_`). Applying it twice
 * changes nothing more. Two names may become one; both are then written.
 *
 * A legal name with one line break at its end is left alone, as the agent does: its line is written in two lines.
 */
export function legalName(name: string): string {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const legal = fixName(name);
  if (remembered.size >= REMEMBERED_NAMES) remembered.clear();
  remembered.set(name, legal);
  return legal;
}

function fixName(name: string): string {
  if (RESERVED.has(name)) return `${name}_`;
  if (LEGAL.test(name)) return name;
  const started = LEGAL_START.test(name) ? name : `sa_${name}`;
  return started.replace(ILLEGAL_CHARACTER, '_');
}

/** Orders names by code point, as Python does; `<` compares UTF-16 units and puts an emoji before `U+FF01`. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    const start = isSurrogatePair(a, i - 1) || isSurrogatePair(b, i - 1) ? i - 1 : i;
    return (a.codePointAt(start) ?? 0) - (b.codePointAt(start) ?? 0);
  }
  return a.length - b.length;
}

function isSurrogatePair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}
