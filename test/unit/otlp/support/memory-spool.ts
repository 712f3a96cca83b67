import type { Counts } from '../../../../src/ledger/counts.ts';
import type { LaneSpool } from '../../../../src/otlp/lane-spool.ts';
import type { CursorState } from '../../../../src/spool/cursor-format.ts';
import type { Position } from '../../../../src/spool/position.ts';
import type { SpooledLines, SpoolGap, SpoolReader } from '../../../../src/spool/spool-contract.ts';
import { PREFIX } from './lines.ts';

/** A spool in memory: one segment, in which a record's offset is its number. */
export class MemorySpool implements LaneSpool {
  readonly cursor: CursorState = { position: { segment: 1, offset: 0 }, since: {}, settled: {} };
  readonly commits: CursorState[] = [];
  isClosed = false;
  /** Errors that the next reads end with. */
  readonly readErrors: Error[] = [];
  readonly #records: (SpooledLines | SpoolGap)[] = [];

  /** Appends one record with lines of the given contents (`m 1`); returns the end of the spool. */
  append(monitor: string, contents: readonly string[]): Position {
    const prefix = PREFIX.replace('coin_monitor()', monitor);
    return this.appendRaw(monitor, ...contents.map((content) => `${prefix}${content}\n`));
  }

  /** Appends one record with the given lines, each with its `\n`. */
  appendRaw(monitor: string, ...lines: readonly string[]): Position {
    return this.#push({
      kind: 'lines',
      monitor,
      count: lines.length,
      lengths: Uint32Array.from(lines, (line) => Buffer.byteLength(line)),
      text: Buffer.from(lines.join('')),
      next: { segment: 1, offset: this.#records.length + 1 },
    });
  }

  appendGap(reason: SpoolGap['reason'], lost: Counts): Position {
    return this.#push({ kind: 'gap', reason, lost, next: { segment: 1, offset: this.#records.length + 1 } });
  }

  get end(): Position {
    return { segment: 1, offset: this.#records.length };
  }

  openReader(cursor: CursorState): SpoolReader {
    let { offset } = cursor.position;
    return {
      next: async (end) => {
        const error = this.readErrors.shift();
        if (error !== undefined) throw error;
        if (offset >= end.offset) return undefined;
        const record = this.#records[offset];
        offset++;
        return record;
      },
      close: async () => {},
    };
  }

  async commit(cursor: CursorState): Promise<void> {
    this.commits.push(cursor);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  #push(record: SpooledLines | SpoolGap): Position {
    this.#records.push(record);
    return this.end;
  }
}
