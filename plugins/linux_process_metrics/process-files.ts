import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCmdline, parseIo, parseStat, parseStatus } from './parse-process.ts';
import type { ProcessIo, ProcessMemory, ProcessStat } from './parse-process.ts';

/** One process at one time. What is undefined could not be read. */
export interface ProcessReading {
  readonly pid: number;
  readonly stat: ProcessStat;
  readonly memory: ProcessMemory | undefined;
  readonly io: ProcessIo | undefined;
  readonly openFiles: number | undefined;
}

/** Reads `/proc`, or a copy of it below another root. A process that ends meanwhile is not there; nothing throws. */
export class ProcessFiles {
  readonly #proc: string;
  /** Told of what the collector's user may not read. */
  readonly #onDenied: (pid: number, error: unknown) => void;

  constructor(root: string, onDenied: (pid: number, error: unknown) => void) {
    this.#proc = path.join(root, 'proc');
    this.#onDenied = onDenied;
  }

  /** All processes, the oldest numbers first. */
  pids(): number[] {
    return this.#list('')
      .map(Number)
      .filter((pid) => Number.isSafeInteger(pid) && pid > 0)
      .sort((a, b) => a - b);
  }

  /** Empty for a thread of the kernel and for a process that has ended. */
  commandLine(pid: number): string {
    return parseCmdline(this.#text(`${pid}/cmdline`) ?? '');
  }

  stat(pid: number): ProcessStat | undefined {
    return parseStat(this.#text(`${pid}/stat`) ?? '');
  }

  read(pid: number): ProcessReading | undefined {
    const stat = this.stat(pid);
    if (stat === undefined) return undefined;
    return {
      pid,
      stat,
      memory: parseStatus(this.#text(`${pid}/status`) ?? ''),
      io: this.#ifAllowed(pid, () => parseIo(this.#read(`${pid}/io`))),
      openFiles: this.#ifAllowed(pid, () => readdirSync(path.join(this.#proc, `${pid}/fd`)).length),
    };
  }

  /** Ticks since the machine started. */
  now(): number {
    return Math.round(Number.parseFloat(this.#text('uptime') ?? '0') * 100);
  }

  #ifAllowed<T>(pid: number, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (isDenied(error)) this.#onDenied(pid, error);
      return undefined;
    }
  }

  #text(file: string): string | undefined {
    try {
      return this.#read(file);
    } catch {
      return undefined;
    }
  }

  #read(file: string): string {
    return readFileSync(path.join(this.#proc, file), 'utf8');
  }

  #list(folder: string): string[] {
    try {
      return readdirSync(path.join(this.#proc, folder));
    } catch {
      return [];
    }
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}
