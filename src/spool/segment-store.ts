import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { Counts } from '../ledger/counts.ts';
import { OnceInAWhile } from '../log/once-in-a-while.ts';
import type { Logger } from '../log/logger.ts';
import type { FsyncPolicy } from './fsync-policy.ts';
import type { Position } from './position.ts';
import type { SealedSegment } from './recover-spool.ts';
import { encodeSegmentHeader, segmentName } from './segment-format.ts';
import type { SegmentHeader } from './segment-format.ts';
import { SegmentWriter } from './segment-writer.ts';
import type { BudgetMember, SpoolBudget } from './spool-budget.ts';
import type { SpoolFiles } from './spool-files.ts';
import { SyncSchedule } from './sync-schedule.ts';

const QUIET_MS = 60_000;

export interface SegmentStoreOptions {
  readonly folder: string;
  readonly files: SpoolFiles;
  readonly fsync: FsyncPolicy;
  readonly budget: SpoolBudget;
  readonly segmentBytes: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Segments that are there already, oldest first. */
  readonly segments: readonly SealedSegment[];
  /** Number of the first segment that will be written. */
  readonly nextNumber: number;
}

/** Bytes to append, and the books before them for the case that they start a new segment. */
export interface Addition {
  readonly buffers: readonly Buffer[];
  readonly bytes: number;
  readonly appendedBefore: () => Counts;
}

/** The segments of one spool: which there are, which one is written, and when one goes. */
export class SegmentStore implements BudgetMember {
  readonly #options: SegmentStoreOptions;
  readonly #sealed: SealedSegment[];
  readonly #schedule: SyncSchedule;
  readonly #evictions: OnceInAWhile;
  /** Work that nobody waits for before {@link close}. */
  readonly #background = new Set<Promise<void>>();
  #current: SegmentWriter | undefined;
  #nextNumber: number;
  #end: Position;
  #sealedBytes: number;
  #inFlight = 0;

  constructor(options: SegmentStoreOptions) {
    this.#options = options;
    this.#sealed = [...options.segments];
    this.#sealedBytes = this.#sealed.reduce((sum, { size }) => sum + size, 0);
    this.#nextNumber = options.nextNumber;
    const last = this.#sealed.at(-1);
    this.#end =
      last === undefined
        ? { segment: this.#nextNumber, offset: 0 }
        : { segment: last.number, offset: last.size };
    this.#schedule = new SyncSchedule(options.clock, () => this.#syncCurrent());
    this.#evictions = new OnceInAWhile(options.clock, QUIET_MS);
    options.budget.join(this);
  }

  get start(): Position {
    const segment = this.#sealed[0]?.number ?? this.#current?.number ?? this.#nextNumber;
    return { segment, offset: 0 };
  }

  get end(): Position {
    return this.#end;
  }

  get sizeBytes(): number {
    return this.#sealedBytes + (this.#current?.size ?? 0) + this.#inFlight;
  }

  get canEvict(): boolean {
    return this.#sealed.length > 0;
  }

  /** Appends all of it or rejects; one call at a time. */
  async append(addition: Addition): Promise<void> {
    try {
      await this.#makeRoom(addition);
      this.#current ??= await this.#create(addition);
      await this.#current.append(addition.buffers, this.#options.fsync === 'always');
      this.#end = { segment: this.#current.number, offset: this.#current.size };
      if (this.#options.fsync === 'interval') this.#schedule.written();
    } finally {
      this.#inFlight = 0;
    }
  }

  async evictOldest(): Promise<void> {
    const oldest = this.#forgetOldest();
    if (oldest === undefined) return;
    const segments = this.#evictions.happened();
    if (segments !== undefined) {
      this.#options.logger.warn(
        `The spools have reached otel.spool.max_bytes (${this.#options.budget.maxBytes}); the oldest lines of "${this.#options.folder}" are dropped and counted as expired`,
        { segments },
      );
    }
    await this.#remove(oldest);
  }

  release(position: Position): void {
    for (;;) {
      const [oldest] = this.#sealed;
      if (oldest === undefined || !isBefore(oldest, position)) return;
      this.#forgetOldest();
      this.#inBackground(this.#remove(oldest));
    }
  }

  async close(): Promise<void> {
    await this.#schedule.stop();
    const current = this.#current;
    if (current !== undefined) {
      this.#current = undefined;
      this.#sealedBytes += current.size;
      this.#sealed.push({ number: current.number, size: current.size });
      await this.#finish(current);
    }
    await Promise.all(this.#background);
    this.#options.budget.leave(this);
  }

  /** Ends the segment being written where it is full, and evicts others until the addition fits under the cap. */
  async #makeRoom(addition: Addition): Promise<void> {
    const { budget, segmentBytes } = this.#options;
    if (this.#current !== undefined && this.#current.size + addition.bytes > segmentBytes) await this.#seal();
    this.#reserve(addition);
    await budget.enforce();
    if (!budget.exceeded) return;
    await this.#seal();
    this.#reserve(addition);
    await budget.enforce();
  }

  #reserve(addition: Addition): void {
    const headerBytes =
      this.#current === undefined ? encodeSegmentHeader(this.#newHeader(addition)).length : 0;
    this.#inFlight = headerBytes + addition.bytes;
  }

  #newHeader({ appendedBefore }: Addition): SegmentHeader {
    const previous = this.#end.segment < this.#nextNumber ? this.#end.segment : 0;
    return { previous, appended: appendedBefore() };
  }

  async #create(addition: Addition): Promise<SegmentWriter> {
    const { files, folder, fsync } = this.#options;
    const number = this.#nextNumber;
    const header = this.#newHeader(addition);
    const durable = fsync !== 'never';
    const created = await SegmentWriter.create({ files, folder, number, header, durable });
    this.#nextNumber = number + 1;
    this.#inFlight = addition.bytes;
    return created;
  }

  /** Ends the segment being written, unless it has no records yet. */
  async #seal(): Promise<void> {
    const current = this.#current;
    if (current === undefined || current.isEmpty) return;
    await current.heal();
    this.#sealed.push({ number: current.number, size: current.size });
    this.#sealedBytes += current.size;
    this.#current = undefined;
    this.#inBackground(this.#finish(current));
  }

  async #finish(segment: SegmentWriter): Promise<void> {
    if (this.#options.fsync === 'interval') await this.#sync(segment);
    await segment.close().catch((error: unknown) => {
      this.#options.logger.warn(`Cannot close the spool segment "${this.#path(segment.number)}"`, { error });
    });
  }

  async #syncCurrent(): Promise<void> {
    if (this.#current !== undefined && !(await this.#sync(this.#current))) this.#schedule.written();
  }

  async #sync(segment: SegmentWriter): Promise<boolean> {
    try {
      await segment.sync();
      return true;
    } catch (error) {
      const message = `Cannot sync the spool segment "${this.#path(segment.number)}"; a power loss may take its lines`;
      this.#options.logger.warn(message, { error });
      return false;
    }
  }

  #forgetOldest(): SealedSegment | undefined {
    const oldest = this.#sealed.shift();
    this.#sealedBytes -= oldest?.size ?? 0;
    return oldest;
  }

  async #remove({ number }: SealedSegment): Promise<void> {
    try {
      await this.#options.files.remove(this.#path(number));
    } catch (error) {
      this.#options.logger.warn(`Cannot remove the spool segment "${this.#path(number)}"`, { error });
    }
  }

  #inBackground(work: Promise<void>): void {
    const tracked = work.finally(() => this.#background.delete(tracked));
    this.#background.add(tracked);
  }

  #path(number: number): string {
    return join(this.#options.folder, segmentName(number));
  }
}

function isBefore({ number, size }: SealedSegment, position: Position): boolean {
  return number < position.segment || (number === position.segment && size <= position.offset);
}
