import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { errorCode } from '../log/error-code.ts';
import type { Logger } from '../log/logger.ts';
import { cursorNames, decodeCursor, encodeCursor } from './cursor-format.ts';
import type { CursorState, NumberedCursor } from './cursor-format.ts';
import type { FsyncPolicy } from './fsync-policy.ts';
import { nodeFiles } from './node-files.ts';
import { readFully, withFile, writeFully } from './spool-files.ts';
import type { SpoolFile, SpoolFiles } from './spool-files.ts';
import { WriteTrouble } from './write-trouble.ts';

const SYNC_INTERVAL_MS = 1000;

export interface CursorFileOptions {
  /** Folder of the spool; cursors live beside its segments. */
  readonly folder: string;
  readonly backend: string;
  readonly fsync: FsyncPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files?: SpoolFiles;
}

/** What the files of a cursor hold. */
export type StoredCursor =
  | { readonly kind: 'stored'; readonly state: CursorState }
  | { readonly kind: 'missing' }
  /** The files are there and neither is whole. */
  | { readonly kind: 'damaged' };

/**
 * A backend's place in a spool, kept in two files. One is written over while the other rests, and they change roles
 * only when the written one is safe on the disk (with fsync `interval` about once a second; with `never`, each time).
 * So whatever instant kill -9 or a power loss picks, one of the two is whole, and never much older than the last commit.
 */
export class CursorFile {
  readonly #options: CursorFileOptions;
  readonly #slots: readonly [SpoolFile, SpoolFile];
  readonly #trouble: WriteTrouble;
  readonly stored: StoredCursor;
  #sequence: number;
  #active: 0 | 1;
  #dirty = false;
  #syncedAt = -Infinity;

  private constructor(options: CursorFileOptions, slots: readonly [SpoolFile, SpoolFile], found: FoundSlots) {
    this.#options = options;
    this.#slots = slots;
    const subject = `the cursor of "${options.backend}" in "${options.folder}"`;
    this.#trouble = new WriteTrouble(subject, options.clock, options.logger);
    this.stored = found.stored;
    this.#sequence = found.sequence;
    this.#active = found.oldest;
  }

  /** Opens the files, making them where they are missing; rejects when that cannot be done. */
  static async open(options: CursorFileOptions): Promise<CursorFile> {
    const { folder, backend, files = nodeFiles } = options;
    const found = await findSlots(folder, backend, files);
    const [a, b] = cursorNames(backend);
    const first = await files.open(join(folder, a), 'update');
    const second = await files.open(join(folder, b), 'update').catch(async (error: unknown) => {
      await first.close();
      throw error;
    });
    return new CursorFile(options, [first, second], found);
  }

  /**
   * Writes `state`. Never rejects: when the disk refuses, the log says so, and the older state stands, which costs
   * deliveries done twice after a restart, never one left out.
   */
  async commit(state: CursorState): Promise<void> {
    this.#sequence += 1;
    const slot = this.#slots[this.#active];
    try {
      await writeFully(slot, [encodeCursor({ sequence: this.#sequence, state })], 0);
      this.#dirty = true;
      if (this.#isSyncDue()) await this.#rest(slot);
      this.#trouble.worked(() => 'nothing is missing');
    } catch (error) {
      this.#trouble.failed(error, 'lines that were delivered since may be delivered again after a restart');
    }
  }

  /** Makes the last commit safe on the disk and closes the files. */
  async close(): Promise<void> {
    try {
      if (this.#dirty) await this.#rest(this.#slots[this.#active]);
    } catch (error) {
      this.#trouble.failed(error, 'lines that were delivered since may be delivered again after a restart');
    }
    await Promise.allSettled(this.#slots.map((slot) => slot.close()));
  }

  #isSyncDue(): boolean {
    if (this.#options.fsync !== 'interval') return true;
    return this.#options.clock.monotonic() - this.#syncedAt >= SYNC_INTERVAL_MS;
  }

  /** Lets the written slot rest and takes the other for the next commits. */
  async #rest(slot: SpoolFile): Promise<void> {
    this.#syncedAt = this.#options.clock.monotonic();
    if (this.#options.fsync !== 'never') await slot.sync();
    this.#dirty = false;
    this.#active = this.#active === 0 ? 1 : 0;
  }
}

/** Reads a cursor without opening it for writing. */
export async function readCursor(folder: string, backend: string, files: SpoolFiles): Promise<StoredCursor> {
  return (await findSlots(folder, backend, files)).stored;
}

interface FoundSlots {
  readonly stored: StoredCursor;
  readonly sequence: number;
  /** The slot that may be written over. */
  readonly oldest: 0 | 1;
}

type Slot = NumberedCursor | 'missing' | 'damaged';

async function findSlots(folder: string, backend: string, files: SpoolFiles): Promise<FoundSlots> {
  const [nameA, nameB] = cursorNames(backend);
  const a = await readSlot(join(folder, nameA), files);
  const b = await readSlot(join(folder, nameB), files);
  const newest = sequenceOf(b) > sequenceOf(a) ? b : a;
  if (typeof newest !== 'string') {
    const { state, sequence } = newest;
    return { stored: { kind: 'stored', state }, sequence, oldest: newest === a ? 1 : 0 };
  }
  const kind = a === 'missing' && b === 'missing' ? 'missing' : 'damaged';
  return { stored: { kind }, sequence: 0, oldest: 0 };
}

async function readSlot(path: string, files: SpoolFiles): Promise<Slot> {
  try {
    const bytes = await withFile(files, { path, mode: 'read' }, async (file) =>
      readFully(file, 0, await file.size()),
    );
    return decodeCursor(bytes) ?? 'damaged';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'missing';
    throw error;
  }
}

function sequenceOf(slot: Slot): number {
  return typeof slot === 'string' ? -1 : slot.sequence;
}
