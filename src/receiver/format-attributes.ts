import type { Attributes, AttributeValue } from './received.ts';
import { printable } from './printable.ts';

/** `{count: 1, scalyr.monitor.id: "1"}`; keys that could be misread are quoted. */
export function formatAttributes(attributes: Attributes): string {
  const members = Object.entries(attributes).map(
    ([key, value]) => `${formatKey(key)}: ${formatAttributeValue(value)}`,
  );
  return `{${members.join(', ')}}`;
}

/** Strings are quoted, whole doubles keep their point, bytes are hexadecimal: each type can be told from the others. */
export function formatAttributeValue(value: AttributeValue): string {
  if (typeof value === 'string') return printable(JSON.stringify(value));
  if (typeof value === 'number') return formatDouble(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  return isArray(value) ? `[${value.map(formatAttributeValue).join(', ')}]` : formatAttributes(value);
}

/** `1.0`, `0.98`, `1e+21`, `NaN`. */
export function formatDouble(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text;
}

function formatKey(key: string): string {
  return /^[\w./-]+$/.test(key) ? key : printable(JSON.stringify(key));
}

function isArray(value: readonly AttributeValue[] | Attributes): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
