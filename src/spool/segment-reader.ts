import { decodeRecord, RECORD_MAGIC } from './record.ts';
import type { SpoolRecord } from './record.ts';
import { decodeSegmentHeader } from './segment-format.ts';
import type { DecodedHeader } from './segment-format.ts';
import { readFully } from './spool-files.ts';
import type { SpoolFile } from './spool-files.ts';

const CHUNK_BYTES = 1024 * 1024;
const HEADER_READ_BYTES = 16 * 1024;

/** A sound record and its place in the segment. */
export interface ScannedRecord {
  readonly record: SpoolRecord;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the records of one segment in chunks of a megabyte. Where the bytes are no record it looks for the next one, so
 * damage costs the records it hit and no others. Records are views of their chunk, which is never written again.
 */
export class SegmentReader {
  readonly #file: SpoolFile;
  readonly #chunkBytes: number;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart: number;
  #offset: number;
  #size: number | undefined;

  constructor(file: SpoolFile, offset: number, chunkBytes = CHUNK_BYTES) {
    this.#file = file;
    this.#chunkStart = offset;
    this.#offset = offset;
    this.#chunkBytes = chunkBytes;
  }

  /**
   * The next sound record that ends at or before byte `limit`, or before the end of the file, which must not be written
   * any more, when there is no limit. Bytes behind `limit` are not touched: they may be half written.
   */
  async next(limit?: number): Promise<ScannedRecord | undefined> {
    let end = limit ?? (this.#size ??= await this.#file.size());
    for (;;) {
      const decoded = decodeRecord(this.#chunk, this.#offset - this.#chunkStart);
      if (decoded.kind === 'record') return this.#advance(decoded.record);
      if (decoded.kind === 'short' && this.#offset + decoded.bytes <= end) {
        if (this.#offset + decoded.bytes <= this.#chunkEnd) continue;
        await this.#fill(decoded.bytes, end);
        if (this.#chunkEnd - this.#offset < decoded.bytes) end = this.#chunkEnd;
      } else if (!(await this.#skip(end))) {
        return undefined;
      }
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  get #chunkEnd(): number {
    return this.#chunkStart + this.#chunk.length;
  }

  #advance(record: SpoolRecord): ScannedRecord {
    const start = this.#offset;
    this.#offset += record.bytes;
    return { record, start, end: this.#offset };
  }

  async #fill(bytes: number, end: number): Promise<void> {
    const length = Math.min(end - this.#offset, Math.max(bytes, this.#chunkBytes));
    this.#chunk = await readFully(this.#file, this.#offset, length);
    this.#chunkStart = this.#offset;
  }

  /** Moves to the next place where a record may start; false when there is none before `end`. */
  async #skip(end: number): Promise<boolean> {
    let from = this.#offset + 1;
    while (from + RECORD_MAGIC.length <= end) {
      const found = this.#chunk.indexOf(RECORD_MAGIC, Math.max(0, from - this.#chunkStart));
      if (found >= 0) {
        this.#offset = this.#chunkStart + found;
        return true;
      }
      from = Math.max(from, this.#chunkEnd - RECORD_MAGIC.length + 1);
      this.#offset = from;
      await this.#fill(RECORD_MAGIC.length, end);
      if (this.#chunk.length < RECORD_MAGIC.length) return false;
    }
    this.#offset = Math.max(this.#offset, end);
    return false;
  }
}

/** The header of a segment; a file that ends before its header does is damaged. */
export async function readSegmentHeader(
  file: SpoolFile,
): Promise<Exclude<DecodedHeader, { readonly kind: 'short' }>> {
  let length = HEADER_READ_BYTES;
  for (;;) {
    const bytes = await readFully(file, 0, length);
    const decoded = decodeSegmentHeader(bytes);
    if (decoded.kind !== 'short') return decoded;
    if (bytes.length < length || decoded.bytes > (await file.size())) return { kind: 'damaged' };
    length = decoded.bytes;
  }
}
