import JSON5 from 'json5';
import { Float } from '../metric-line/float.ts';
import { DialectSyntaxError } from './dialect-syntax-error.ts';
import type { Token } from './lexer.ts';

/** The agent's own limit for the characters of a number; it also keeps the exact reading of one cheap. */
const MAX_NUMBER_LENGTH = 100;

/** 2^53: whole numbers up to here are exact as `number`. */
const MAX_EXACT = 2n ** 53n;

const SIGN = /^(?:\+|-+)?/;
const WHOLE = /^(?:\d*|0[xX][\da-fA-F]+)$/;
const FRACTION = /^(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|Infinity|NaN)$/;

/**
 * The number that a token stands for. Whole numbers are exact at any size; one with a point or an exponent that is whole
 * is a {@link Float}. Scalyr's own spellings: `007` is 7, `--1` is -1, a bare `-` is 0.
 */
export function readNumber(token: Token): number | bigint | Float {
  const { spelling, offset } = token;
  if (spelling.length > MAX_NUMBER_LENGTH) {
    const message = `a number of ${spelling.length} characters: wanted at most ${MAX_NUMBER_LENGTH}; in quotes it is a text`;
    throw new DialectSyntaxError(message, offset);
  }
  const sign = SIGN.exec(spelling)?.[0] ?? '';
  const digits = spelling.slice(sign.length);
  if (WHOLE.test(digits)) return exact(sign.startsWith('-'), BigInt(digits));
  if (FRACTION.test(digits)) return fraction(sign.startsWith('-'), Number(digits));
  throw new DialectSyntaxError('this is not a number; a text stands in quotes', offset);
}

/** The text that a `text` or `triple` token stands for. */
export function readText(token: Token): string {
  const quotes = token.kind === 'triple' ? 3 : 1;
  const written = token.spelling.slice(quotes, -quotes);
  if (!written.includes('\\')) return written;
  const body = written.replace(/\\(?:\r\n|[^])|["\n\r\u2028\u2029]/g, escapeRaw);
  return String(parseJson5(`"${body}"`, token));
}

/** The name that a `word` token stands for; Unicode escapes are allowed in it. */
export function readName(token: Token): string {
  if (!token.spelling.includes('\\')) return token.spelling;
  return Object.keys(Object(parseJson5(`{${token.spelling}:0}`, token)))[0] ?? '';
}

function exact(negative: boolean, magnitude: bigint): number | bigint {
  const value = negative ? -magnitude : magnitude;
  return magnitude <= MAX_EXACT ? Number(value) : value;
}

function fraction(negative: boolean, magnitude: number): number | Float {
  const value = negative ? -magnitude : magnitude;
  return Number.isInteger(value) ? new Float(value) : value;
}

/** Leaves escapes to json5 and escapes what may stand raw in a text of this dialect but not in json5's. */
function escapeRaw(found: string): string {
  return found.startsWith('\\') ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function parseJson5(literal: string, token: Token): unknown {
  try {
    return JSON5.parse<unknown>(literal);
  } catch (error) {
    const reason =
      /invalid (?:character .*|end of input)(?= at \d+:\d+$)/.exec(String(error))?.[0] ?? 'not readable';
    const message = `an escape that does not exist in a ${token.kind === 'word' ? 'name' : 'text'}: ${reason}`;
    throw new DialectSyntaxError(message, token.offset, { cause: error });
  }
}
