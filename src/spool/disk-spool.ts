import type { Clock } from '../clock/clock.ts';
import type { Counts } from '../ledger/counts.ts';
import { Tally } from '../ledger/tally.ts';
import type { Logger } from '../log/logger.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import { listCursors } from './cursor-list.ts';
import { appendedBefore } from './cursor-format.ts';
import type { FsyncPolicy } from './fsync-policy.ts';
import { nodeFiles } from './node-files.ts';
import type { Position } from './position.ts';
import { largestRecordBytes } from './record.ts';
import type { RecordLines } from './record.ts';
import { MAX_RECORD_TEXT_BYTES, RecordBatch, recordPieces } from './record-batch.ts';
import { recoverSpool, takeFloor } from './recover-spool.ts';
import { SegmentStore } from './segment-store.ts';
import type { SpoolBudget } from './spool-budget.ts';
import type { SpoolWriter } from './spool-contract.ts';
import type { SpoolFiles } from './spool-files.ts';
import { WriteTrouble } from './write-trouble.ts';

const SEGMENT_BYTES = 16 * 1024 * 1024;
const MIN_SEGMENT_BYTES = 4 * 1024;
/** A spool with a small cap has smaller segments, so that an eviction takes an eighth of it at most. */
const SEGMENTS_IN_CAP = 8;
const MAX_RECORD_BYTES = 256 * 1024 * 1024;
/** A record may be larger than a segment (it gets one for itself), but not than this part of the cap. */
const RECORDS_IN_CAP = 4;

export interface SpoolOptions {
  /** Folder of this spool; made when it is missing. */
  readonly folder: string;
  readonly fsync: FsyncPolicy;
  /** The size cap, shared by all spools of the collector. */
  readonly budget: SpoolBudget;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * Lines known from elsewhere to have been appended. What the disk does not know of them was lost with the power, and
   * is counted as corrupted for every backend that lacks it.
   */
  readonly floor?: Counts;
  readonly files?: SpoolFiles;
}

/**
 * Opens a spool for writing: counts what is there, cuts off a write that never finished. Rejects when a segment cannot
 * be read or was written by a later version. There must be one writer for a folder; see data-lock.ts.
 */
export async function openSpool(options: SpoolOptions): Promise<SpoolWriter> {
  const { folder, logger, budget, files = nodeFiles } = options;
  await files.makeFolder(folder);
  const recovery = { folder, files, logger };
  const recovered = await recoverSpool(recovery);
  takeFloor(recovered, options.floor ?? {}, recovery);
  let last = recovered.segments.at(-1)?.number ?? 0;
  for (const { stored } of await listCursors(folder, files)) {
    if (stored.kind !== 'stored') continue;
    takeFloor(recovered, appendedBefore(stored.state), recovery);
    last = Math.max(last, stored.state.position.segment);
  }
  const ofCap = Math.floor(budget.maxBytes / SEGMENTS_IN_CAP);
  const segmentBytes = Math.min(SEGMENT_BYTES, Math.max(MIN_SEGMENT_BYTES, ofCap));
  const { segments, appended } = recovered;
  const store = new SegmentStore({ ...options, files, segmentBytes, segments, nextNumber: last + 1 });
  return new DiskSpool(options, { store, segmentBytes, appended });
}

interface Opened {
  readonly store: SegmentStore;
  readonly segmentBytes: number;
  readonly appended: Tally;
}

interface Waiting {
  readonly blocks: readonly LineBlock[];
  readonly done: () => void;
}

class DiskSpool implements SpoolWriter {
  readonly #store: SegmentStore;
  readonly #logger: Logger;
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #maxRecordBytes: number;
  readonly #trouble: WriteTrouble;
  /** Lines in the segments, gaps included. */
  readonly #written: Tally;
  /** Lines that could not be written and of which no gap tells yet. */
  readonly #missing = new Tally();
  readonly #batch: RecordBatch;
  #queue: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: SpoolOptions, { store, segmentBytes, appended }: Opened) {
    this.#store = store;
    this.#segmentBytes = segmentBytes;
    this.#folder = options.folder;
    this.#logger = options.logger;
    this.#written = appended;
    this.#batch = new RecordBatch(appended);
    this.#maxRecordBytes = Math.min(MAX_RECORD_BYTES, Math.floor(options.budget.maxBytes / RECORDS_IN_CAP));
    this.#trouble = new WriteTrouble(`to the spool "${options.folder}"`, options.clock, options.logger);
  }

  get end(): Position {
    return this.#store.end;
  }

  get start(): Position {
    return this.#store.start;
  }

  get sizeBytes(): number {
    return this.#store.sizeBytes;
  }

  get appended(): Counts {
    const appended = new Tally(this.#written.toCounts());
    appended.addAll(this.#missing.toCounts());
    return appended.toCounts();
  }

  append(blocks: readonly LineBlock[]): Promise<void> {
    return new Promise((done) => {
      this.#queue.push({ blocks, done });
      this.#writing ??= this.#writeQueue();
    });
  }

  release(position: Position): void {
    this.#store.release(position);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    if (!this.#missing.isEmpty) await this.append([]);
    await this.#writing;
    this.#isClosed = true;
    await this.#store.close();
  }

  /** Writes all that waits, again and again, each time in one go, until nothing waits. */
  async #writeQueue(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue;
      this.#queue = [];
      await this.#write(group.flatMap(({ blocks }) => blocks));
      for (const { done } of group) done();
    }
    this.#writing = undefined;
  }

  async #write(blocks: readonly LineBlock[]): Promise<void> {
    const unwritten = new Tally(this.#missing.toCounts());
    for (const { monitor, count } of blocks) unwritten.add(monitor, count);
    try {
      if (this.#isClosed) throw new Error('it is closed');
      await this.#writeRecords(blocks, unwritten);
    } catch (error) {
      this.#batch.clear();
      this.#missing.clear();
      this.#missing.addAll(unwritten.toCounts());
      this.#trouble.failed(error, 'lines are counted as unspooled until writing works again');
    }
  }
  async #writeRecords(blocks: readonly LineBlock[], unwritten: Tally): Promise<void> {
    for (const [monitor, count] of Object.entries(this.#missing.toCounts()))
      this.#batch.addGap(monitor, count);
    for (const piece of this.#pieces(blocks)) {
      const bytes = largestRecordBytes(piece);
      if (this.#batch.bytes > 0 && this.#batch.bytes + bytes > this.#segmentBytes)
        await this.#flush(unwritten);
      if (bytes <= this.#maxRecordBytes) this.#batch.addLines(piece);
      else this.#leaveOut(piece);
    }
    if (this.#batch.bytes > 0) await this.#flush(unwritten);
  }

  *#pieces(blocks: readonly LineBlock[]): Generator<RecordLines> {
    const maxBytes = Math.min(MAX_RECORD_TEXT_BYTES, this.#segmentBytes / 2);
    for (const block of blocks) yield* recordPieces(block, maxBytes);
  }

  #leaveOut({ monitor, count, text }: RecordLines): void {
    this.#batch.addGap(monitor, count);
    const message = `A line is too long for the spool "${this.#folder}" and is counted as unspooled: ${text.length} bytes, at most ${this.#maxRecordBytes} fit under otel.spool.max_bytes`;
    this.#logger.warn(message, { monitor });
  }

  async #flush(unwritten: Tally): Promise<void> {
    const { buffers, bytes, counts } = this.#batch;
    await this.#store.append({ buffers, bytes, appendedBefore: () => this.#written.toCounts() });
    const lost = this.#missing.total;
    this.#written.addAll(counts.toCounts());
    unwritten.subtractAll(counts.toCounts());
    this.#missing.clear();
    this.#batch.clear();
    this.#trouble.worked(() => `${lost} lines are counted as unspooled`);
  }
}
