import { crc32 } from 'node:zlib';
import type { Counts } from '../ledger/counts.ts';

/*
 * The format of a spool
 * =====================
 *
 *   <data>/spool/metrics/00000000000000000007.seg     full, read by the slowest backend
 *                        00000000000000000008.seg     full
 *                        00000000000000000009.seg     being written
 *                        collector.a.cursor           where backend "collector" stands (see cursor-file.ts)
 *                        collector.b.cursor
 *
 * A segment is a header and records, one after the other. Numbers are little endian.
 *
 *   segment header                                    record
 *   ┌────┬────┬────────────────────────────────┐      ┌────┬────┬─────────────────────────────────────────┐
 *   │  0 │  8 │ magic "otelspl\n"              │      │  0 │  4 │ magic FF 'r' 'e' 'c'                    │
 *   │  8 │  4 │ version                        │      │  4 │  4 │ CRC32 of this header, byte 8 to its end │
 *   │ 12 │  4 │ length of the JSON             │      │  8 │  4 │ CRC32 of the body                       │
 *   │ 16 │  4 │ CRC32 of bytes 0-15 and JSON   │      │ 12 │  4 │ length of the body                      │
 *   │ 20 │  n │ {"previous":8,"appended":      │      │ 16 │  6 │ lines of this monitor before this one   │
 *   │    │    │   {"coin_monitor(a)":1204}}    │      │ 22 │  6 │ lines in this record                    │
 *   └────┴────┴────────────────────────────────┘      │ 28 │  1 │ kind: 1, 2 lines · 3 gap                │
 *                                                     │ 29 │  1 │ zero                                    │
 *   FF occurs nowhere in UTF-8, so the magic of a     │ 30 │  2 │ length of the monitor's name            │
 *   record can be looked for after a damaged one;     │ 32 │  n │ name of the monitor                     │
 *   two checksums, because with a sound header the    ├────┼────┼─────────────────────────────────────────┤
 *   lines of a damaged body can still be counted.     │    │    │ length of each line, 2 (kind 1) or      │
 *                                                     │    │    │   4 bytes (kind 2)                      │
 *   A line costs 2 bytes, a record 32 and the name.   │    │    │ text of the lines                       │
 *                                                     └────┴────┴─────────────────────────────────────────┘
 *
 * A gap is a record without a body: its lines could not be written while the disk refused.
 *
 * Invariants
 *
 * 1. Every segment says for all monitors, and every record for its own, how many lines were appended before it. Who
 *    knows how many lines he has seen (a cursor does: since + settled) learns from the next sound record or header
 *    exactly how many he missed, whatever happened in between: eviction, a damaged record, a lost file.
 * 2. Those numbers never fall from a record to a later one. After a power loss that took lines which a cursor or the
 *    ledger knows of, the next segment starts from the larger number, so the missing lines are counted as corrupted.
 * 3. A segment is written by one process and never again after it; opening a spool starts a new one. The last segment
 *    is cut after its last sound record when the spool is opened: what follows is a write that never finished, and
 *    nobody was told that it had.
 * 4. Readers go no further than the end that the writer has announced, and the writer announces whole records only.
 * 5. Numbers of segments only rise. `previous` is the segment written before this one, so a reader that comes from an
 *    older one knows that segments between them were evicted.
 * 6. Magic, version, length and checksum of a segment keep their places in all versions of the format.
 */

export const FORMAT_VERSION = 1;

const SEGMENT_MAGIC = Buffer.from('otelspl\n', 'latin1');
const SEGMENT_HEADER_BYTES = 20;

/** What a segment says at its start. */
export interface SegmentHeader {
  /** Number of the segment written before this one; 0 for the first. */
  readonly previous: number;
  /** Lines of each monitor appended before this segment, gaps included. */
  readonly appended: Counts;
}

/** What the first bytes of a segment turned out to be. */
export type DecodedHeader =
  | { readonly kind: 'header'; readonly header: SegmentHeader; readonly bytes: number }
  /** More bytes are needed to tell. */
  | { readonly kind: 'short'; readonly bytes: number }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unknown-version'; readonly version: number };

/** The bytes a segment starts with. */
export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const fixed = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(fixed, 0);
  fixed.writeUInt32LE(FORMAT_VERSION, 8);
  fixed.writeUInt32LE(json.length, 12);
  fixed.writeUInt32LE(crc32(json, crc32(fixed.subarray(0, 16))), 16);
  return Buffer.concat([fixed, json]);
}

/** Reads the header that `bytes`, the start of a segment, begin with. */
export function decodeSegmentHeader(bytes: Buffer): DecodedHeader {
  if (bytes.length < SEGMENT_HEADER_BYTES) return { kind: 'short', bytes: SEGMENT_HEADER_BYTES };
  if (!bytes.subarray(0, 8).equals(SEGMENT_MAGIC)) return { kind: 'damaged' };
  const end = SEGMENT_HEADER_BYTES + bytes.readUInt32LE(12);
  if (bytes.length < end) return { kind: 'short', bytes: end };
  const json = bytes.subarray(SEGMENT_HEADER_BYTES, end);
  if (crc32(json, crc32(bytes.subarray(0, 16))) !== bytes.readUInt32LE(16)) return { kind: 'damaged' };
  const version = bytes.readUInt32LE(8);
  if (version !== FORMAT_VERSION) return { kind: 'unknown-version', version };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the checksum says that encodeSegmentHeader wrote it
  return { kind: 'header', header: JSON.parse(json.toString()) as SegmentHeader, bytes: end };
}

/** Why a segment of another version is not read, and what to do. */
export function unknownVersion(version: number): string {
  return `it has version ${version} of the format, this collector reads version ${FORMAT_VERSION}; run the version that wrote it until the spool is delivered, or move the folder away`;
}

/** Name of the file of segment `number`. */
export function segmentName(number: number): string {
  return `${String(number).padStart(20, '0')}.seg`;
}

/** Number of the segment in file `name`, or undefined for a file of another kind. */
export function segmentNumber(name: string): number | undefined {
  const digits = /^(\d{20})\.seg$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
