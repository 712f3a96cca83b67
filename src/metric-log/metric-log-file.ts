import path from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { errorCode } from '../log/error-code.ts';
import { lastLineEnd } from './last-line-end.ts';
import type { LogFileStats, LogFileSystem, OpenLogFile } from './log-file-system.ts';
import { linesWithin } from './log-lines.ts';
import type { LogLines, Run } from './log-lines.ts';

/** When a file is full. Either number 0: never. */
export interface Rotation {
  /** A file stays below this size, unless a single line is longer. */
  readonly maxBytes: number;
  /** Full files kept: `.1` is the newest. */
  readonly backupCount: number;
}

/** How many lines, counted from the first, are whole in the file; `error` is what kept the rest out. */
export interface AppendOutcome {
  readonly written: number;
  readonly error?: unknown;
}

/** Readable for the group, because the Scalyr agent that uploads metric logs may run as another user. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;
/** So often it is looked whether the file is still the one that its path names. */
const CHECK_EVERY_MS = 1000;

/**
 * A file that lines are appended to, with the rotation of Python's RotatingFileHandler: before a line with which the file
 * would reach `maxBytes`, `x.log` becomes `x.log.1`, `x.log.1` becomes `x.log.2`, and the oldest goes.
 *
 * A line is in the file whole or not at all: after a write that failed half-way, and after a crash that left the start of
 * a line, the file is cut back to the end of its last whole line. Somebody else may delete, move or truncate the file
 * (logrotate); a new one is made within a second.
 *
 * Calls must not overlap: the owner waits for one before the next.
 */
export class MetricLogFile {
  readonly path: string;
  readonly #rotation: Rotation;
  readonly #clock: Clock;
  readonly #fileSystem: LogFileSystem;
  #file: OpenLogFile | undefined;
  #opened: LogFileStats | undefined;
  #checkedAtMs = 0;
  /** End of the last whole line. */
  #size = 0;

  constructor(
    filePath: string,
    options: { readonly rotation: Rotation; readonly clock: Clock; readonly fileSystem: LogFileSystem },
  ) {
    this.path = filePath;
    this.#rotation = options.rotation;
    this.#clock = options.clock;
    this.#fileSystem = options.fileSystem;
  }

  /** Appends lines in order. Never rejects; after an error the next call starts afresh. */
  async append({ lengths, text }: LogLines): Promise<AppendOutcome> {
    let written = 0;
    let offset = 0;
    try {
      while (written < lengths.length) {
        const file = await this.#openFile();
        const run = this.#runThatFits(lengths, written);
        if (run === undefined) {
          await this.#rotate();
          continue;
        }
        const { bytes, error } = await writeFully(file, text.subarray(offset, offset + run.bytes));
        const whole = error === undefined ? run : linesWithin(lengths, written, bytes);
        written += whole.count;
        offset += whole.bytes;
        this.#size += whole.bytes;
        if (error !== undefined) {
          await this.#abandon(file);
          return { written, error };
        }
      }
      return { written };
    } catch (error) {
      return { written, error };
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  /** The lines that go into the file as it is; undefined when it has to be rotated first. */
  #runThatFits(lengths: Uint32Array, first: number): Run | undefined {
    const { maxBytes } = this.#rotation;
    if (!this.#rotates()) return linesWithin(lengths, first, Infinity);
    const run = linesWithin(lengths, first, maxBytes - 1 - this.#size);
    if (run.count > 0) return run;
    return this.#size > 0 ? undefined : { count: 1, bytes: lengths[first] ?? 0 };
  }

  #rotates(): boolean {
    const { maxBytes, backupCount } = this.#rotation;
    return maxBytes > 0 && backupCount > 0 && this.#opened?.isFile() === true;
  }

  async #rotate(): Promise<void> {
    await this.close();
    for (let n = this.#rotation.backupCount - 1; n >= 1; n--) {
      await this.#renameIfThere(`${this.path}.${n}`, `${this.path}.${n + 1}`);
    }
    await this.#renameIfThere(this.path, `${this.path}.1`);
  }

  async #renameIfThere(from: string, to: string): Promise<void> {
    try {
      await this.#fileSystem.rename(from, to);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  async #openFile(): Promise<OpenLogFile> {
    if (this.#file !== undefined && (await this.#isReplaced())) await this.close();
    return this.#file ?? this.#open();
  }

  async #open(): Promise<OpenLogFile> {
    await this.#fileSystem.mkdir(path.dirname(this.path), { recursive: true, mode: FOLDER_MODE });
    const file = await this.#fileSystem.open(this.path, 'a+', FILE_MODE);
    try {
      const stats = await file.stat();
      this.#opened = stats;
      this.#size = stats.isFile() ? await lastLineEnd(file, stats.size) : 0;
      if (this.#size < stats.size) await file.truncate(this.#size);
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#checkedAtMs = this.#clock.monotonic();
    this.#file = file;
    return file;
  }

  async #isReplaced(): Promise<boolean> {
    const now = this.#clock.monotonic();
    if (now - this.#checkedAtMs < CHECK_EVERY_MS) return false;
    this.#checkedAtMs = now;
    try {
      const { dev, ino, size } = await this.#fileSystem.stat(this.path);
      this.#size = size;
      return dev !== this.#opened?.dev || ino !== this.#opened.ino;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return true;
      throw error;
    }
  }

  /** Removes the part of a line that a failed write may have left. Where that fails too, opening the file tries again. */
  async #abandon(file: OpenLogFile): Promise<void> {
    this.#file = undefined;
    try {
      const stats = await file.stat();
      if (stats.isFile() && stats.size > this.#size) await file.truncate(this.#size);
    } catch {
      // The error that is reported is the one of the write.
    } finally {
      await file.close().catch(() => {});
    }
  }
}

async function writeFully(file: OpenLogFile, data: Buffer): Promise<{ bytes: number; error?: unknown }> {
  let bytes = 0;
  try {
    while (bytes < data.length) {
      const { bytesWritten } = await file.write(data, bytes, data.length - bytes);
      if (bytesWritten === 0) throw new Error('the disk took nothing of a write');
      bytes += bytesWritten;
    }
    return { bytes };
  } catch (error) {
    return { bytes, error };
  }
}
