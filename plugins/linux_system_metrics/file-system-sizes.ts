import { statfs } from 'node:fs/promises';
import { isRemote } from './parse-disks.ts';
import type { FileSystemSize, Mount } from './parse-disks.ts';

export type StatFs = (mount: string) => Promise<FileSystemSize>;

/** A file system does not say how large it is. */
export type SizeProblem = { readonly mount: string } & (
  { readonly kind: 'slow' } | { readonly kind: 'error'; readonly error: unknown }
);

/** Seconds that one file system may take to say how large it is. */
export const SIZE_TIMEOUT_SECS = 2;

/**
 * Questions that may hang at a time. Each takes one of the few threads that Node has for files, and a dead file server
 * holds it until it is back.
 */
const MOST_HANGING = 2;

/**
 * Asks file systems how large they are, those of this machine first. One that does not answer in time is not asked
 * again before it has answered.
 */
export class FileSystemSizes {
  /** Asks the system; a test takes its place. */
  statfs: StatFs = (mount) => statfs(mount);
  timeoutSecs = SIZE_TIMEOUT_SECS;
  readonly #hanging = new Set<string>();

  /** Sizes by mount point; of what gave none, `problem` is told. */
  async read(
    mounts: readonly Mount[],
    problem: (problem: SizeProblem) => void,
  ): Promise<ReadonlyMap<string, FileSystemSize>> {
    const sizes = new Map<string, FileSystemSize>();
    for (const { mount } of [...mounts].sort((a, b) => Number(isRemote(a)) - Number(isRemote(b)))) {
      try {
        const size = await this.#ask(mount);
        if (size === undefined) problem({ kind: 'slow', mount });
        else sizes.set(mount, size);
      } catch (error) {
        problem({ kind: 'error', mount, error });
      }
    }
    return sizes;
  }

  /** Undefined when it takes too long, now or since an earlier sample. */
  async #ask(mount: string): Promise<FileSystemSize | undefined> {
    if (this.#hanging.has(mount) || this.#hanging.size >= MOST_HANGING) return undefined;
    this.#hanging.add(mount);
    const answer = this.statfs(mount).finally(() => this.#hanging.delete(mount));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.timeoutSecs * 1000);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
