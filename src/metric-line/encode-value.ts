import { Float } from './float.ts';

/** `"`, `\`, control characters and surrogates; a string without them is written as it is. */
const NEEDS_CARE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NOT_PRINTABLE_ASCII = /[^ -~]/g;

/** Up to here every whole number is a JavaScript number of its own. */
const LARGEST_EXACT_INTEGER = 2 ** 53;

/**
 * A value as it stands in a metric line: JSON, in the very form the packaged Scalyr agent writes. NaN and the infinities
 * become `null`. Undefined when it is none of the types of MetricValue.
 */
export function encodeValue(value: unknown): string | undefined {
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Float ? encodeFloat(value.value) : undefined;
}

function encodeNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) <= LARGEST_EXACT_INTEGER && !Object.is(value, -0))
    return `${value}`;
  return encodeFloat(value);
}

/**
 * A floating point number in the fewest digits that identify it: `1.0`, `0.1`, `0.00001`, `1e-7`, `1e16`, `-0.0`. Decimal
 * from 1e-5 up to, not including, 1e16; with an exponent outside.
 */
export function encodeFloat(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-5 && size > 0)) return value.toExponential().replace('e+', 'e');
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

function encodeString(value: string): string {
  if (!NEEDS_CARE.test(value)) return `"${value}"`;
  const json = JSON.stringify(value);
  return LONE_SURROGATE.test(value) ? json.replace(NOT_PRINTABLE_ASCII, escapeUnit) : json;
}

/** A string that is no valid Unicode is written in ASCII altogether: the agent falls back to its other JSON encoder. */
function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
