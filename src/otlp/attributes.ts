import type { LineField } from '../metric-line/parsed-line.ts';
import { wellFormed } from './well-formed.ts';

/** Attributes of one data point or log record. A key has one type for ever, whatever the value. */
export type LineAttributes = Record<string, string | number | boolean>;

/** Carries the id of a monitor instance, so that two instances never write into one series. */
export const MONITOR_ID = 'scalyr.monitor.id';

/**
 * Extra fields as attributes: texts are strings, `true` and `false` booleans, whole numbers below 2^53 integers. Any other
 * number is the text of the line, because JavaScript would send 1.5 as a double and 1.0 as an integer, and a backend
 * would see two series. For the same reason null, the form of NaN, is the text `null`.
 *
 * Names that became equal when they were made legal (`a b` and `a+b`) are one attribute with the last value: OTLP forbids
 * a key twice.
 */
export function toAttributes(
  fields: readonly LineField[],
  id: string,
  dropped: ReadonlySet<string>,
): LineAttributes {
  const attributes: LineAttributes = {};
  for (const field of fields) {
    if (!dropped.has(field.name)) setAttribute(attributes, field.name, attributeValue(field));
  }
  if (id !== '') attributes[MONITOR_ID] = wellFormed(id);
  return attributes;
}

/** Plain assignment, but for the one name that would set the object's prototype. */
export function setAttribute(
  attributes: LineAttributes,
  name: string,
  value: string | number | boolean,
): void {
  if (name !== '__proto__') attributes[name] = value;
  else
    Object.defineProperty(attributes, name, { value, enumerable: true, writable: true, configurable: true });
}

function attributeValue(field: LineField): string | number | boolean {
  if (field.kind === 'string') return wellFormed(field.text);
  if (field.kind === 'bool') return field.text === 'true';
  return field.kind === 'int' ? wholeNumber(field.text) : field.text;
}

function wholeNumber(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : text;
}
