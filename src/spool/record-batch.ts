import { Tally } from '../ledger/tally.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import { encodeGap, encodeLines } from './record.ts';
import type { RecordLines } from './record.ts';

/**
 * More text than this is cut into several records, between lines. Readers make one string of a record, and V8 keeps
 * strings of more than 128 KiB until its next full collection.
 */
export const MAX_RECORD_TEXT_BYTES = 64 * 1024;

/** Records that will be written in one go. */
export class RecordBatch {
  readonly #before: Tally;
  #buffers: Buffer[] = [];
  #bytes = 0;
  #counts = new Tally();

  /** `before`: lines of each monitor that are written already; read again whenever the batch is empty. */
  constructor(before: Tally) {
    this.#before = before;
  }

  get buffers(): readonly Buffer[] {
    return this.#buffers;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Lines in the batch, gaps included. */
  get counts(): Tally {
    return this.#counts;
  }

  addLines(lines: RecordLines): void {
    this.#push(encodeLines(lines, this.#next(lines.monitor)));
    this.#counts.add(lines.monitor, lines.count);
  }

  addGap(monitor: string, count: number): void {
    this.#push([encodeGap(monitor, count, this.#next(monitor))]);
    this.#counts.add(monitor, count);
  }

  clear(): void {
    this.#buffers = [];
    this.#bytes = 0;
    this.#counts = new Tally();
  }

  #next(monitor: string): number {
    return this.#before.get(monitor) + this.#counts.get(monitor);
  }

  #push(buffers: readonly Buffer[]): void {
    for (const buffer of buffers) {
      this.#buffers.push(buffer);
      this.#bytes += buffer.length;
    }
  }
}

/** Cuts `block` between lines so that no piece has more text than a record should, unless a single line does. */
export function* recordPieces(block: LineBlock, maxBytes: number): Generator<RecordLines> {
  let first = 0;
  let start = 0;
  let end = 0;
  for (let line = 0; line < block.count; line++) {
    const length = block.lengths[line] ?? 0;
    if (line > first && end + length - start > maxBytes) {
      yield slice(block, first, line, [start, end]);
      first = line;
      start = end;
    }
    end += length;
  }
  if (block.count > first) yield slice(block, first, block.count, [start, end]);
}

function slice(block: LineBlock, first: number, last: number, [start, end]: [number, number]): RecordLines {
  return {
    monitor: block.monitor,
    count: last - first,
    lengths: block.lengths.subarray(first, last),
    text: block.text.subarray(start, end),
  };
}
