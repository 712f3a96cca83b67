import { MalformedBody } from './malformed-body.ts';
import { MessageSchema, type FieldSchema, type ScalarType } from './message-schema.ts';
import { WireMessage, type WireValue } from './wire-message.ts';
import { reasonOf } from '../reason-of.ts';

const MAX_DEPTH = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes an OTLP/JSON body by the rules of the OTLP specification: lowerCamelCase names (the snake_case ones of the
 * proto files pass too), integers of 64 bits as decimal strings or numbers, enumerations as numbers, `"NaN"` and
 * `"Infinity"` as strings. Unknown names are skipped; `null` is absent, but refused where a number is wanted, because
 * it is what NaN becomes in a careless sender.
 *
 * A whole number beyond 2^53 written without quotes arrives rounded, as JSON.parse reads it.
 */
export function decodeJson(body: Buffer, schema: MessageSchema): WireMessage {
  try {
    return readMessage(JSON.parse(utf8.decode(body)), schema, '');
  } catch (error) {
    throw new MalformedBody(`Cannot read the body as JSON "${schema.name}": ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function readMessage(json: unknown, schema: MessageSchema, path: string, depth = 0): WireMessage {
  if (depth > MAX_DEPTH) throw new Error(`messages are nested more than ${MAX_DEPTH} deep`);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw unwanted(path === '' ? 'the body' : path, json, 'an object');
  }
  const message = new WireMessage();
  for (const [name, value] of Object.entries(json)) {
    const field = schema.field(camelCase(name));
    if (field === undefined) continue;
    readField(message, field, { value, path: path === '' ? name : `${path}.${name}`, depth });
  }
  return message;
}

interface FieldValue {
  readonly value: unknown;
  /** Where it stands, for the sender to find it. */
  readonly path: string;
  readonly depth: number;
}

function readField(message: WireMessage, field: FieldSchema, { value, path, depth }: FieldValue): void {
  if (!(field.type instanceof MessageSchema)) {
    if (value === null && (field.type === 'string' || field.type === 'bool')) return;
    message.set(field.name, SCALARS[field.type](value, path));
    return;
  }
  if (value === null) return;
  if (!field.repeated) {
    message.set(field.name, readMessage(value, field.type, path, depth + 1));
    return;
  }
  if (!Array.isArray(value)) throw unwanted(path, value, 'an array');
  for (const [index, item] of value.entries()) {
    message.append(field.name, readMessage(item, field.type, `${path}[${index}]`, depth + 1));
  }
}

const SCALARS: Readonly<Record<ScalarType, (value: unknown, path: string) => WireValue>> = {
  string: (value, path) => (typeof value === 'string' ? value : fail(path, value, 'a string')),
  bool: (value, path) => (typeof value === 'boolean' ? value : fail(path, value, 'true or false')),
  bytes: (value, path) =>
    typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'base64')) : fail(path, value, 'base64'),
  double: readDouble,
  int64: (value, path) => readInteger(value, { path, min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  sfixed64: (value, path) => readInteger(value, { path, min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fixed64: (value, path) => readInteger(value, { path, min: 0n, max: 2n ** 64n - 1n }),
  uint32: (value, path) => Number(readInteger(value, { path, min: 0n, max: 2n ** 32n - 1n })),
  enum: (value, path) => Number(readInteger(value, { path, min: -(2n ** 31n), max: 2n ** 31n - 1n })),
};

function readDouble(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^(NaN|-?Infinity|-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?)$/.test(value)) {
    return Number(value);
  }
  return fail(path, value, 'a number');
}

interface IntegerRange {
  readonly path: string;
  readonly min: bigint;
  readonly max: bigint;
}

function readInteger(value: unknown, { path, min, max }: IntegerRange): bigint {
  const whole =
    (typeof value === 'number' && Number.isInteger(value)) ||
    (typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value));
  const integer = whole ? BigInt(value) : undefined;
  if (integer === undefined || integer < min || integer > max) {
    return fail(path, value, `a whole number from ${min} to ${max}`);
  }
  return integer;
}

function camelCase(name: string): string {
  return name.includes('_')
    ? name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
    : name;
}

function fail(path: string, found: unknown, wanted: string): never {
  throw unwanted(path, found, wanted);
}

function unwanted(path: string, found: unknown, wanted: string): Error {
  return new Error(`${path}: found ${JSON.stringify(found).slice(0, 80)}, wanted ${wanted}`);
}
