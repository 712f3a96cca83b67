import type { LineBlock, Signal } from '../metric-line/line-block.ts';

/*
 * How metric lines leave a host, through shared memory or through a pipe: frame after frame, nothing between them.
 *
 *      0               4                       4 + length
 *     ┌───────────────┬───────────────────────┐
 *     │ u32, little   │ the line in UTF-8,    │  next frame …
 *     │ endian        │ ending in \n          │
 *     └───────────────┴───────────────────────┘
 *       bit 31: 1 for the signal `logs`, 0 for `metrics`
 *       bits 0 to 30: length of the line in bytes, 1 to MAX_LINE_BYTES
 *
 * A frame that is not there in full was being written when its writer died: it is never delivered.
 */

export const FRAME_HEADER_BYTES = 4;

/** Longest line that a monitor may emit, with its final `\n`. Bounds what a reader keeps of an unfinished frame. */
export const MAX_LINE_BYTES = 1024 * 1024;

const LOG_BIT = 0x8000_0000;
const LENGTH_BITS = 0x7fff_ffff;
const LINE_FEED = 0x0a;

/** The first four bytes of a frame, as an unsigned number. */
export function frameHeader(lengthBytes: number, signal: Signal): number {
  return signal === 'logs' ? (lengthBytes | LOG_BIT) >>> 0 : lengthBytes;
}

/** The whole frame of one line. Throws a RangeError when the line is longer than {@link MAX_LINE_BYTES}. */
export function encodeFrame(line: string, signal: Signal): Buffer {
  const lengthBytes = Buffer.byteLength(line);
  refuseLongLine(lengthBytes);
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + lengthBytes);
  frame.writeUInt32LE(frameHeader(lengthBytes, signal), 0);
  frame.write(line, FRAME_HEADER_BYTES);
  return frame;
}

export function refuseLongLine(lengthBytes: number): void {
  if (lengthBytes <= MAX_LINE_BYTES) return;
  throw new RangeError(
    `Cannot emit a line of ${lengthBytes} bytes: a line may have at most ${MAX_LINE_BYTES}; emit a shorter text`,
  );
}

/** Frames taken out of a stretch of bytes. */
export interface DecodedFrames {
  /** The lines of all frames that are there in full; undefined when there is none. */
  readonly block: LineBlock | undefined;
  /** The beginning of a frame that is not there in full. */
  readonly rest: Buffer;
}

/**
 * Takes the complete frames from the start of `bytes`, which it overwrites: the lines are moved together in place.
 * Throws a TypeError when the first frame cannot be one; frames before a bad one are given first.
 */
export function decodeFrames(bytes: Buffer, monitor: string): DecodedFrames {
  const count = countFrames(bytes);
  if (count === 0) return { block: undefined, rest: Buffer.from(bytes) };
  const lengths = new Uint32Array(count);
  const isLog = new Uint8Array(count);
  let from = 0;
  let to = 0;
  for (let i = 0; i < count; i++) {
    const header = bytes.readUInt32LE(from);
    const length = header & LENGTH_BITS;
    const start = from + FRAME_HEADER_BYTES;
    lengths[i] = length;
    isLog[i] = header >>> 31;
    bytes.copyWithin(to, start, start + length);
    from = start + length;
    to += length;
  }
  const rest = Buffer.from(bytes.subarray(from));
  return { block: { monitor, count, lengths, isLog, text: bytes.subarray(0, to) }, rest };
}

function countFrames(bytes: Buffer): number {
  let count = 0;
  let at = 0;
  while (at + FRAME_HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at) & LENGTH_BITS;
    const end = at + FRAME_HEADER_BYTES + length;
    const wrong =
      length === 0 || length > MAX_LINE_BYTES || (end <= bytes.length && bytes[end - 1] !== LINE_FEED);
    if (wrong && count > 0) return count;
    if (wrong)
      throw new TypeError(`Cannot read a frame of length ${length}: it is no line that ends in a line feed`);
    if (end > bytes.length) return count;
    at = end;
    count += 1;
  }
  return count;
}
