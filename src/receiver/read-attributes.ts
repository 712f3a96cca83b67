import type { Attributes, AttributeValue } from './received.ts';
import { MalformedBody } from './wire/malformed-body.ts';
import { WireMessage } from './wire/wire-message.ts';

/** Reads a list of `KeyValue`. A key that stands twice is refused: OTLP forbids it, and backends differ in which one wins. */
export function readAttributes(keyValues: readonly WireMessage[]): Attributes {
  const entries = new Map<string, AttributeValue>();
  for (const keyValue of keyValues) {
    const key = keyValue.string('key');
    if (entries.has(key)) {
      throw new MalformedBody(`The attribute "${key}" stands twice in one list, wanted each key once`);
    }
    entries.set(key, readAnyValue(keyValue.message('value')));
  }
  return Object.fromEntries(entries);
}

/** Reads an `AnyValue`; null when it is absent or empty. */
export function readAnyValue(any: WireMessage | undefined): AttributeValue {
  if (any === undefined) return null;
  const array = any.message('arrayValue');
  if (array !== undefined) return array.messages('values').map(readAnyValue);
  const list = any.message('kvlistValue');
  if (list !== undefined) return readAttributes(list.messages('values'));
  for (const field of ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'bytesValue']) {
    const value = any.get(field);
    if (value !== undefined && !isNested(value)) return value;
  }
  return null;
}

function isNested(value: unknown): value is WireMessage | readonly WireMessage[] {
  return value instanceof WireMessage || Array.isArray(value);
}
