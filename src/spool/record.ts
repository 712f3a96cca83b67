import { crc32 } from 'node:zlib';

/** First bytes of every record; see segment-format.ts for the whole picture. */
export const RECORD_MAGIC = Buffer.from([0xff, 0x72, 0x65, 0x63]);

const FIXED_BYTES = 32;
const SHORT_LENGTHS = 1;
const LONG_LENGTHS = 2;
const GAP = 3;

/** Lines of one monitor on their way into a record. */
export interface RecordLines {
  readonly monitor: string;
  readonly count: number;
  readonly lengths: Uint32Array;
  readonly text: Buffer;
}

/** A record as it was found in a segment. Lines are views into the bytes they were decoded from. */
export interface SpoolRecord {
  /** `damaged`: the header is sound, the body is not, so the lines are known only by their number. */
  readonly kind: 'lines' | 'gap' | 'damaged';
  readonly monitor: string;
  /** Lines of this monitor appended before this record. */
  readonly before: number;
  readonly count: number;
  readonly lengths: Uint32Array;
  readonly text: Buffer;
  /** Bytes from the start of this record to the start of the next. */
  readonly bytes: number;
}

/** What was found at a place in a segment. */
export type DecodedRecord =
  | { readonly kind: 'record'; readonly record: SpoolRecord }
  /** A record may start here; so many bytes are needed to tell. */
  | { readonly kind: 'short'; readonly bytes: number }
  | { readonly kind: 'garbage' };

/** The buffers, to be written one after the other, of a record that holds `lines`. */
export function encodeLines(lines: RecordLines, before: number): readonly Buffer[] {
  const lengths = encodeLengths(lines);
  const header = encodeHeader(lines.monitor, {
    kind: lengths.length === lines.count * 2 ? SHORT_LENGTHS : LONG_LENGTHS,
    before,
    count: lines.count,
    bodyBytes: lengths.length + lines.text.length,
    bodyCrc: crc32(lines.text, crc32(lengths)),
  });
  return [header, lengths, lines.text];
}

/** A record that says that `count` lines of `monitor` could not be written. */
export function encodeGap(monitor: string, count: number, before: number): Buffer {
  return encodeHeader(monitor, { kind: GAP, before, count, bodyBytes: 0, bodyCrc: 0 });
}

/** Bytes that {@link encodeLines} makes at most, for a limit to be checked before. */
export function largestRecordBytes(lines: RecordLines): number {
  return FIXED_BYTES + Buffer.byteLength(lines.monitor) + lines.count * 4 + lines.text.length;
}

/** Tells what stands at offset `at` of `bytes`. */
export function decodeRecord(bytes: Buffer, at: number): DecodedRecord {
  const available = bytes.length - at;
  const magic = Math.min(available, RECORD_MAGIC.length);
  if (bytes.compare(RECORD_MAGIC, 0, magic, at, at + magic) !== 0) return { kind: 'garbage' };
  if (available < FIXED_BYTES) return { kind: 'short', bytes: FIXED_BYTES };
  const headerBytes = FIXED_BYTES + bytes.readUInt16LE(at + 30);
  if (available < headerBytes) return { kind: 'short', bytes: headerBytes };
  if (crc32(bytes.subarray(at + 8, at + headerBytes)) !== bytes.readUInt32LE(at + 4))
    return { kind: 'garbage' };
  const recordBytes = headerBytes + bytes.readUInt32LE(at + 12);
  if (available < recordBytes) return { kind: 'short', bytes: recordBytes };
  return { kind: 'record', record: decodeWhole(bytes.subarray(at, at + recordBytes), headerBytes) };
}

interface HeaderFields {
  readonly kind: number;
  readonly before: number;
  readonly count: number;
  readonly bodyBytes: number;
  readonly bodyCrc: number;
}

function encodeHeader(monitor: string, fields: HeaderFields): Buffer {
  const nameBytes = Buffer.byteLength(monitor);
  const header = Buffer.allocUnsafe(FIXED_BYTES + nameBytes);
  RECORD_MAGIC.copy(header, 0);
  header.writeUInt32LE(fields.bodyCrc, 8);
  header.writeUInt32LE(fields.bodyBytes, 12);
  header.writeUIntLE(fields.before, 16, 6);
  header.writeUIntLE(fields.count, 22, 6);
  header.writeUInt8(fields.kind, 28);
  header.writeUInt8(0, 29);
  header.writeUInt16LE(nameBytes, 30);
  header.write(monitor, FIXED_BYTES);
  header.writeUInt32LE(crc32(header.subarray(8)), 4);
  return header;
}

function encodeLengths({ lengths, count }: RecordLines): Buffer {
  let longest = 0;
  for (let i = 0; i < count; i++) longest = Math.max(longest, lengths[i] ?? 0);
  const width = longest < 0x10000 ? 2 : 4;
  const encoded = Buffer.allocUnsafe(count * width);
  for (let i = 0; i < count; i++) {
    const length = lengths[i] ?? 0;
    encoded[i * width] = length;
    encoded[i * width + 1] = length >>> 8;
    if (width === 4) encoded.writeUInt16LE(length >>> 16, i * width + 2);
  }
  return encoded;
}

function decodeWhole(bytes: Buffer, headerBytes: number): SpoolRecord {
  const kind = bytes.readUInt8(28);
  const count = bytes.readUIntLE(22, 6);
  const body = bytes.subarray(headerBytes);
  const header = {
    monitor: bytes.toString('utf8', FIXED_BYTES, headerBytes),
    before: bytes.readUIntLE(16, 6),
    count,
    bytes: bytes.length,
  };
  const nothing = { lengths: new Uint32Array(0), text: body.subarray(body.length) };
  if (kind === GAP) return { kind: 'gap', ...header, ...nothing };
  if (crc32(body) !== bytes.readUInt32LE(8)) return { kind: 'damaged', ...header, ...nothing };
  const width = kind === SHORT_LENGTHS ? 2 : 4;
  const lengths = decodeLengths(body, count, width);
  return { kind: 'lines', ...header, lengths, text: body.subarray(count * width) };
}

function decodeLengths(body: Buffer, count: number, width: 2 | 4): Uint32Array {
  const lengths = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * width;
    const low = (body[at] ?? 0) | ((body[at + 1] ?? 0) << 8);
    lengths[i] = width === 2 ? low : low + body.readUInt16LE(at + 2) * 0x10000;
  }
  return lengths;
}
