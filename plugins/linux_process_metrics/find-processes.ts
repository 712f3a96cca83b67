import type { ProcessFiles } from './process-files.ts';

/** Which processes are meant. */
export interface Wanted {
  /** Matched with the whole command line; wins over `pid`. */
  readonly commandLine?: RegExp | undefined;
  readonly pid?: number | undefined;
  /** All that match, not only the first. */
  readonly all: boolean;
  /** Those that they started as well, and those that these started. */
  readonly children: boolean;
  /** The collector, which a command line never means. */
  readonly own: ReadonlySet<number>;
}

/** Finds processes, and keeps to the one it found while it lives. */
export class ProcessFinder {
  readonly #wanted: Wanted;
  #chosen: { readonly pid: number; readonly startedAt: number } | undefined;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  find(files: ProcessFiles): number[] {
    const found = this.#find(files);
    return this.#wanted.children && found.length > 0 ? withChildren(found, files) : found;
  }

  #find(files: ProcessFiles): number[] {
    const { commandLine, pid, all, own } = this.#wanted;
    if (commandLine === undefined) return pid === undefined ? [] : [pid];
    const matches = (candidate: number): boolean =>
      !own.has(candidate) && commandLine.test(files.commandLine(candidate));
    if (all) return files.pids().filter(matches);
    if (this.#chosen !== undefined && files.stat(this.#chosen.pid)?.startedAt === this.#chosen.startedAt) {
      return [this.#chosen.pid];
    }
    const first = files.pids().find(matches);
    const startedAt = first === undefined ? undefined : files.stat(first)?.startedAt;
    this.#chosen = first === undefined || startedAt === undefined ? undefined : { pid: first, startedAt };
    return first === undefined ? [] : [first];
  }
}

function withChildren(parents: readonly number[], files: ProcessFiles): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const pid of files.pids()) {
    const parent = files.stat(pid)?.parent;
    if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const family = new Set(parents);
  for (const pid of family) {
    for (const child of childrenOf.get(pid) ?? []) family.add(child);
  }
  return [...family].sort((a, b) => a - b);
}
