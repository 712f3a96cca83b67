import { mkdir, open, rename, stat } from 'node:fs/promises';

/** The part of the file system that metric logs need, so that a test can let the disk fail. */
export interface LogFileSystem {
  /** Makes a folder and those above it. */
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  open(path: string, flags: string, mode: number): Promise<OpenLogFile>;
  rename(from: string, to: string): Promise<void>;
  stat(path: string): Promise<LogFileStats>;
}

export interface OpenLogFile {
  /** May write less than asked for. */
  write(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  truncate(length: number): Promise<void>;
  stat(): Promise<LogFileStats>;
  close(): Promise<void>;
}

export interface LogFileStats {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  isFile(): boolean;
}

/** The machine's own file system. */
export const logFileSystem: LogFileSystem = { mkdir, open, rename, stat };
