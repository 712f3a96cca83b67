import { join } from 'node:path';
import type { Counts } from '../ledger/counts.ts';
import { Tally, totalOf } from '../ledger/tally.ts';
import { errorCode } from '../log/error-code.ts';
import type { Logger } from '../log/logger.ts';
import { nodeFiles } from './node-files.ts';
import { comparePositions } from './position.ts';
import type { Position } from './position.ts';
import { segmentName, segmentNumber, unknownVersion } from './segment-format.ts';
import { readSegmentHeader, SegmentReader } from './segment-reader.ts';
import type { ScannedRecord } from './segment-reader.ts';
import type { SpooledLines, SpoolGap, SpoolReader } from './spool-contract.ts';
import type { SpoolFile, SpoolFiles } from './spool-files.ts';

export interface SpoolReaderOptions {
  /** Folder of the spool. */
  readonly folder: string;
  /** Where to begin, and how many lines of each monitor come before it; a cursor knows both. */
  readonly position: Position;
  readonly appended: Counts;
  readonly logger: Logger;
  readonly files?: SpoolFiles;
  /** Bytes read at once. */
  readonly chunkBytes?: number;
}

/**
 * Reads a spool from its files alone, so it may live in another thread than the writer. Opens nothing before the first
 * {@link SpoolReader.next}, which rejects when a file is there but cannot be read (and may be called again then).
 */
export function openSpoolReader(options: SpoolReaderOptions): SpoolReader {
  return new FileSpoolReader(options);
}

type Outcome = SpooledLines | SpoolGap;

class FileSpoolReader implements SpoolReader {
  readonly #options: SpoolReaderOptions;
  readonly #files: SpoolFiles;
  /** Lines before `#position`: what the next record is expected to have before it. */
  readonly #seen: Tally;
  #position: Position;
  #segment: SegmentReader | undefined;
  /** The segment at `#position` has been read to its end. */
  #exhausted = false;
  /** A record that comes after a gap which was reported first. */
  #held: ScannedRecord | undefined;

  constructor(options: SpoolReaderOptions) {
    this.#options = options;
    this.#files = options.files ?? nodeFiles;
    this.#seen = new Tally(options.appended);
    this.#position = options.position;
  }

  async next(end: Position): Promise<Outcome | undefined> {
    while (comparePositions(this.#position, end) < 0) {
      if (this.#segment === undefined) {
        const entered = await this.#enterSegment(end);
        if (entered !== 'entered') return entered === 'none' ? undefined : entered;
        continue;
      }
      const scanned = await this.#scan(this.#segment, end);
      if (scanned !== undefined) return this.#take(scanned);
      if (this.#position.segment === end.segment) this.#position = end;
      else await this.#leaveSegment();
    }
    return undefined;
  }

  async close(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    await segment?.close();
  }

  async #scan(segment: SegmentReader, end: Position): Promise<ScannedRecord | undefined> {
    if (this.#held !== undefined) return this.#held;
    try {
      return await segment.next(this.#position.segment === end.segment ? end.offset : undefined);
    } catch (error) {
      throw this.#unreadable(this.#position.segment, error);
    }
  }

  #take({ record, start, end }: ScannedRecord): Outcome {
    const { monitor, count } = record;
    const { segment } = this.#position;
    const missing = record.before - this.#seen.get(monitor);
    if (missing > 0) {
      this.#held = { record, start, end };
      this.#position = { segment, offset: start };
      return this.#lose('corrupted', { [monitor]: missing });
    }
    this.#held = undefined;
    this.#position = { segment, offset: end };
    if (record.kind === 'gap') return this.#lose('unspooled', { [monitor]: count });
    if (record.kind === 'damaged') return this.#lose('corrupted', { [monitor]: count });
    this.#seen.add(monitor, count);
    return {
      kind: 'lines',
      monitor,
      count,
      lengths: record.lengths,
      text: record.text,
      next: this.#position,
    };
  }

  #lose(reason: SpoolGap['reason'], lost: Counts): SpoolGap {
    this.#seen.addAll(lost);
    if (reason === 'corrupted') {
      this.#options.logger.error(
        `Lines in the spool "${this.#options.folder}" are damaged or missing; they are counted as corrupted`,
        { lines: totalOf(lost), segment: segmentName(this.#position.segment), offset: this.#position.offset },
      );
    }
    return { kind: 'gap', reason, lost, next: this.#position };
  }

  async #leaveSegment(): Promise<void> {
    this.#exhausted = true;
    await this.close();
  }

  /** Opens the segment at the position, or the first that exists after it. */
  async #enterSegment(end: Position): Promise<'entered' | 'none' | SpoolGap> {
    const from = this.#position;
    const found = await this.#findSegment(end.segment);
    if (found === undefined) return 'none';
    if (found.number === from.segment && from.offset > 0) return this.#readFrom(found, from.offset);
    const header = await this.#readHeader(found);
    if (header.kind === 'damaged') return this.#readFrom(found, 0);
    const vanished = found.number !== from.segment && !this.#exhausted;
    const evicted = vanished || header.header.previous > from.segment;
    this.#readFrom(found, header.bytes);
    const lost = this.#seen.behind(header.header.appended);
    return totalOf(lost) === 0 ? 'entered' : this.#lose(evicted ? 'expired' : 'corrupted', lost);
  }

  #readFrom(found: FoundSegment, offset: number): 'entered' {
    this.#segment = new SegmentReader(found.file, offset, this.#options.chunkBytes);
    this.#position = { segment: found.number, offset };
    this.#exhausted = false;
    return 'entered';
  }

  async #findSegment(last: number): Promise<FoundSegment | undefined> {
    const { folder } = this.#options;
    const current = this.#position.segment;
    const same = this.#exhausted ? undefined : await this.#open(current);
    if (same !== undefined) return { number: current, file: same };
    for (;;) {
      const numbers = (await this.#files.list(folder))
        .map(segmentNumber)
        .filter((number) => number !== undefined);
      const number = Math.min(...numbers.filter((other) => other > current && other <= last));
      if (number === Infinity) return undefined;
      const file = await this.#open(number);
      if (file !== undefined) return { number, file };
    }
  }

  async #open(number: number): Promise<SpoolFile | undefined> {
    try {
      return await this.#files.open(join(this.#options.folder, segmentName(number)), 'read');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw this.#unreadable(number, error);
    }
  }

  async #readHeader(found: FoundSegment) {
    try {
      const header = await readSegmentHeader(found.file);
      if (header.kind === 'unknown-version') throw new Error(unknownVersion(header.version));
      return header;
    } catch (error) {
      await found.file.close();
      throw this.#unreadable(found.number, error);
    }
  }

  #unreadable(segment: number, cause: unknown): Error {
    const path = join(this.#options.folder, segmentName(segment));
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new Error(`Cannot read the spool segment "${path}": ${reason}`, { cause });
  }
}

interface FoundSegment {
  readonly number: number;
  readonly file: SpoolFile;
}
