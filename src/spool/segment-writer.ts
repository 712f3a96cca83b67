import { join } from 'node:path';
import { encodeSegmentHeader, segmentName } from './segment-format.ts';
import type { SegmentHeader } from './segment-format.ts';
import { writeFully } from './spool-files.ts';
import type { SpoolFile, SpoolFiles } from './spool-files.ts';

export interface NewSegment {
  readonly files: SpoolFiles;
  readonly folder: string;
  readonly number: number;
  readonly header: SegmentHeader;
  /** Make the header and the name of the file survive a power loss. */
  readonly durable: boolean;
}

/** The segment that is being written. Every write is whole or not there. */
export class SegmentWriter {
  readonly number: number;
  readonly headerBytes: number;
  readonly #file: SpoolFile;
  #size: number;
  /** Bytes of a failed write may stand behind `#size`. */
  #torn = false;

  private constructor(number: number, file: SpoolFile, size: number) {
    this.number = number;
    this.headerBytes = size;
    this.#file = file;
    this.#size = size;
  }

  /** Makes the file and writes its header; when that fails, rejects and leaves nothing behind. */
  static async create({ files, folder, number, header, durable }: NewSegment): Promise<SegmentWriter> {
    const path = join(folder, segmentName(number));
    const bytes = encodeSegmentHeader(header);
    const file = await files.open(path, 'create');
    try {
      await writeFully(file, [bytes], 0);
      if (durable) {
        await file.sync();
        await files.syncFolder(folder);
      }
      return new SegmentWriter(number, file, bytes.length);
    } catch (error) {
      await Promise.allSettled([file.close(), files.remove(path)]);
      throw error;
    }
  }

  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#size === this.headerBytes;
  }

  /**
   * Appends `buffers`, with `durable` so that they survive a power loss. When that fails, rejects, and the file ends
   * where it did before; when even that fails, nothing more is written before it has succeeded.
   */
  async append(buffers: readonly Buffer[], durable: boolean): Promise<void> {
    await this.heal();
    try {
      this.#torn = true;
      await writeFully(this.#file, buffers, this.#size);
      if (durable) await this.#file.sync();
    } catch (error) {
      await this.#cutBack().catch(() => undefined);
      throw error;
    }
    this.#torn = false;
    for (const buffer of buffers) this.#size += buffer.length;
  }

  /** Removes what a failed write may have left; rejects when that cannot be done yet. */
  async heal(): Promise<void> {
    if (this.#torn) await this.#cutBack();
  }

  sync(): Promise<void> {
    return this.#file.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #cutBack(): Promise<void> {
    await this.#file.truncate(this.#size);
    this.#torn = false;
  }
}
