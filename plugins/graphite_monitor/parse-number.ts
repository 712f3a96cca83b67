const FINITE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** A number as senders write it, `42`, `.5`, `-1e9`, `nan` or `inf`; undefined for any other text. */
export function parseNumber(text: string): number | undefined {
  if (FINITE.test(text)) return Number(text);
  return NOT_FINITE.test(text) ? Number.NaN : undefined;
}
