/** What JSON holds. Whole numbers beyond 2^53 are bigints, so that no digit is lost. */
export type JsonValue =
  null | boolean | number | bigint | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * A string, matched to step over the digits in it, or a whole number of 16 digits or more. One without an end goes to the
 * end of the text, lest it be tried again from each quote inside it.
 */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"?|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs;

/** What JSON.parse gets in the place of a long number: a string that no server sends. */
const MARK = 'scalyr-otel-bridge integer ';
const MARKED = new RegExp(`^${MARK}(-?\\d+)$`);

/**
 * What a server answered in JSON; undefined when it is none. Counters of nanoseconds or bytes may be beyond 2^53, where
 * JSON.parse rounds: here they keep every digit.
 *
 *     parseJson('{"limit":9223372036854771712}'); // { limit: 9223372036854771712n }
 */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = /\d{16}/.test(text) ? parseWithLongIntegers(text) : JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function parseWithLongIntegers(text: string): JsonValue {
  const marked = text.replace(STRING_OR_LONG_INTEGER, (token) =>
    token.startsWith('"') ? token : `"${MARK}${token}"`,
  );
  const value: JsonValue = JSON.parse(marked, (_name, member: JsonValue) => {
    const digits = typeof member === 'string' ? MARKED.exec(member)?.[1] : undefined;
    return digits === undefined ? member : toInteger(digits);
  });
  return value;
}

function toInteger(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

/**
 * What stands at a path of names, undefined where there is nothing.
 *
 *     jsonAt(answer, 'cpu_stats.cpu_usage.total_usage');
 */
export function jsonAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  let found = value;
  for (const name of path.split('.')) found = isJsonObject(found) ? memberOf(found, name) : undefined;
  return found;
}

/** Whether it is an object, and neither null nor an array. */
export function isJsonObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(object: { readonly [name: string]: JsonValue }, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
