import type { ConfigObject, ConfigValue } from '../config/config-value.ts';
import { Float } from '../metric-line/float.ts';
import { asFields } from './json-fields.ts';

/*
 * How a configuration crosses the border of a host: as JSON that keeps what JSON readers lose.
 *
 *     a Float           { "$float": "5.0" }       5.0, -0.0, Infinity, NaN
 *     a bigint          { "$int": "123…" }
 *     a key "$x"        "$$x"                     one more $ in front, so the two above are never ambiguous
 *     everything else   as it is
 */

/** Any JSON value, as `JSON.stringify` takes it and `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function encodeConfig(value: ConfigValue): Json {
  if (typeof value === 'bigint') return { $int: String(value) };
  if (value instanceof Float) return { $float: floatText(value.value) };
  if (isArray(value)) return value.map(encodeConfig);
  if (typeof value === 'object' && value !== null) {
    return ownObject(Object.entries(value).map(([key, member]) => [escapeKey(key), encodeConfig(member)]));
  }
  return value;
}

/** Reverses {@link encodeConfig}. Throws a TypeError for anything else. */
export function decodeConfig(value: unknown): ConfigValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(decodeConfig);
  const fields = asFields(value);
  if (fields === undefined)
    throw new TypeError(`Cannot decode a configuration value: found a ${typeof value}`);
  if (typeof fields['$int'] === 'string') return BigInt(fields['$int']);
  if (typeof fields['$float'] === 'string') return new Float(Number(fields['$float']));
  return decodeConfigObject(fields);
}

/** Reverses {@link encodeConfig} for an object. Throws a TypeError for anything else. */
export function decodeConfigObject(value: unknown): ConfigObject {
  const fields = asFields(value);
  if (fields === undefined)
    throw new TypeError(`Cannot decode a configuration: found a ${typeof value}, wanted an object`);
  return ownObject(Object.entries(fields).map(([key, member]) => [unescapeKey(key), decodeConfig(member)]));
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

function escapeKey(key: string): string {
  return key.startsWith('$') ? `$${key}` : key;
}

function unescapeKey(key: string): string {
  return key.startsWith('$') ? key.slice(1) : key;
}

/** `Object.fromEntries` makes own members, `__proto__` included; plain assignment would not. */
function ownObject<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries);
}

function isArray(value: ConfigValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}
