import type { Counts } from '../ledger/counts.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import type { Position } from './position.ts';

/** The writing side of one spool, in the collector's main thread. */
export interface SpoolWriter {
  /**
   * Appends blocks in order and resolves when they would survive kill -9 (and power loss, with fsync `always`). Never
   * rejects: when the disk refuses, the lines are counted as `unspooled` and a gap record says so once writing resumes.
   */
  append(blocks: readonly LineBlock[]): Promise<void>;
  /** End of what may be read. */
  readonly end: Position;
  /** First position that still exists; moves when segments are deleted or evicted. */
  readonly start: Position;
  /** Lines ever appended to this spool, gaps included: what every cursor is measured against. */
  readonly appended: Counts;
  /** Bytes on disk. */
  readonly sizeBytes: number;
  /** The slowest cursor has passed `position`: segments wholly before it may be deleted. */
  release(position: Position): void;
  /** Writes what is pending to the disk and closes. Safe to call twice. */
  close(): Promise<void>;
}

/** Lines read back from a spool, all of one monitor, in the order they were written. */
export interface SpooledLines {
  readonly kind: 'lines';
  readonly monitor: string;
  readonly count: number;
  readonly lengths: Uint32Array;
  readonly text: Buffer;
  /** Where the record after this one starts. */
  readonly next: Position;
}

/** Lines that are not there, and why; counted from the segments' own books, so exact. */
export interface SpoolGap {
  readonly kind: 'gap';
  readonly reason: 'unspooled' | 'expired' | 'corrupted';
  readonly lost: Counts;
  readonly next: Position;
}

/** The reading side, which may live in another thread: one reader for each cursor. */
export interface SpoolReader {
  /** The next record before `end`, or undefined when the reader has reached it. Never yields a torn record. */
  next(end: Position): Promise<SpooledLines | SpoolGap | undefined>;
  close(): Promise<void>;
}
