import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the kernel tells in `/proc` and `/sys`, or in a copy of them below another root. */
export class KernelFiles {
  readonly #root: string;
  readonly #onUnreadable: (file: string, error: unknown) => void;

  constructor(root: string, onUnreadable: (file: string, error: unknown) => void) {
    this.#root = root;
    this.#onUnreadable = onUnreadable;
  }

  /** The text of a file; empty when there is none, which only means that the kernel lacks the feature. */
  read(file: string): string {
    try {
      return readFileSync(path.join(this.#root, file), 'utf8');
    } catch (error) {
      if (!isMissing(error)) this.#onUnreadable(file, error);
      return '';
    }
  }

  /** Names in a folder, numbers among them in their order; none when it is missing. */
  list(folder: string): string[] {
    try {
      return readdirSync(path.join(this.#root, folder)).sort((a, b) =>
        a.localeCompare(b, 'en', { numeric: true }),
      );
    } catch (error) {
      if (!isMissing(error)) this.#onUnreadable(folder, error);
      return [];
    }
  }

  /** Bytes of a memory page, as the kernel tells each process at its start. */
  pageSize(): number {
    const PAGE_SIZE = 6n;
    try {
      const vector = readFileSync(path.join(this.#root, 'proc/self/auxv'));
      for (let at = 0; at + 16 <= vector.length; at += 16) {
        if (vector.readBigUInt64LE(at) === PAGE_SIZE) return Number(vector.readBigUInt64LE(at + 8));
      }
    } catch {
      // The usual size is right nearly everywhere.
    }
    return 4096;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
