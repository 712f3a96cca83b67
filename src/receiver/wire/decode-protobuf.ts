import protobuf from 'protobufjs/minimal.js';
import { MalformedBody } from './malformed-body.ts';
import { MessageSchema, type FieldSchema, type ScalarType } from './message-schema.ts';
import { WireMessage, type WireValue } from './wire-message.ts';
import { reasonOf } from '../reason-of.ts';

type Reader = protobuf.Reader;

/** Attribute values may be nested; deeper than this is an attack or a bug. */
const MAX_DEPTH = 64;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/**
 * Decodes a protobuf body. Unknown fields are skipped, as the protocol may grow; a known field of another wire type, a
 * length beyond its message and text that is not UTF-8 are refused with {@link MalformedBody}.
 */
export function decodeProtobuf(body: Buffer, schema: MessageSchema): WireMessage {
  try {
    return readMessage(protobuf.Reader.create(body), schema, 0);
  } catch (error) {
    throw new MalformedBody(`Cannot read the body as protobuf "${schema.name}": ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function readMessage(reader: Reader, schema: MessageSchema, depth: number): WireMessage {
  if (depth > MAX_DEPTH) throw new Error(`messages are nested more than ${MAX_DEPTH} deep`);
  const message = new WireMessage();
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    const field = schema.field(tag >>> 3);
    if (field === undefined) reader.skipType(tag & 7, depth, tag >>> 3);
    else readField(reader, field, { message, schema, wireType: tag & 7, depth });
  }
  if (reader.pos !== reader.len) throw new Error(`"${schema.name}" ends in the middle of a field`);
  return message;
}

interface FieldPlace {
  readonly message: WireMessage;
  readonly schema: MessageSchema;
  readonly wireType: number;
  readonly depth: number;
}

function readField(reader: Reader, field: FieldSchema, place: FieldPlace): void {
  const wanted = field.type instanceof MessageSchema ? LENGTH_DELIMITED : SCALARS[field.type].wireType;
  if (place.wireType !== wanted) {
    const where = `field ${field.number} ("${field.name}") of "${place.schema.name}"`;
    throw new Error(`${where} has wire type ${place.wireType}, wanted ${wanted}`);
  }
  if (!(field.type instanceof MessageSchema)) {
    place.message.set(field.name, SCALARS[field.type].read(reader));
    return;
  }
  const inner = readNested(reader, field.type, place.depth + 1);
  if (field.repeated) place.message.append(field.name, inner);
  else place.message.set(field.name, inner);
}

/** The reader's own length is the bound, so nothing inside can read past the end of its message. */
function readNested(reader: Reader, schema: MessageSchema, depth: number): WireMessage {
  const outerEnd = reader.len;
  const end = nestedEnd(reader);
  reader.len = end;
  const message = readMessage(reader, schema, depth);
  reader.len = outerEnd;
  return message;
}

/** Reads the length of a nested message; returns where it ends. */
export function nestedEnd(reader: Reader): number {
  const length = reader.size();
  const end = reader.pos + length;
  if (end > reader.len) {
    throw new RangeError(
      `a field of ${length} bytes at offset ${reader.pos} ends after offset ${reader.len}`,
    );
  }
  return end;
}

interface ScalarCodec {
  readonly wireType: number;
  readonly read: (reader: Reader) => WireValue;
}

const SCALARS: Readonly<Record<ScalarType, ScalarCodec>> = {
  string: { wireType: LENGTH_DELIMITED, read: (reader) => reader.stringVerify() },
  bytes: { wireType: LENGTH_DELIMITED, read: (reader) => Uint8Array.from(reader.bytes()) },
  bool: { wireType: VARINT, read: (reader) => reader.bool() },
  int64: { wireType: VARINT, read: (reader) => toBigInt(reader.int64()) },
  uint32: { wireType: VARINT, read: (reader) => reader.uint32() },
  enum: { wireType: VARINT, read: (reader) => reader.int32() },
  double: { wireType: FIXED64, read: (reader) => reader.double() },
  fixed64: { wireType: FIXED64, read: readFixed64 },
  sfixed64: { wireType: FIXED64, read: (reader) => BigInt.asIntN(64, readFixed64(reader)) },
};

function readFixed64(reader: Reader): bigint {
  const low = BigInt(reader.fixed32());
  return (BigInt(reader.fixed32()) << 32n) | low;
}

function toBigInt(value: number | protobuf.Long): bigint {
  if (typeof value === 'number') return BigInt(value);
  return BigInt.asIntN(64, (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0));
}
