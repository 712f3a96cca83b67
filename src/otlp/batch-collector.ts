import type { Clock } from '../clock/clock.ts';
import type { Position } from '../spool/position.ts';
import type { SpooledLines, SpoolGap, SpoolReader } from '../spool/spool-contract.ts';
import { Batch } from './batch.ts';
import { Wakeup } from './wakeup.ts';

/** A batch that holds this much text is full, however few its lines are. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
/** Longest nap while there is nothing to do; only the wake-ups matter. */
const IDLE_MS = 60_000;

/** How batches are made. */
export interface CollectorOptions {
  readonly clock: Clock;
  /** Lines that make a batch full. */
  readonly maxLines: number;
  /** Longest time that a line waits for a batch to become full. */
  readonly lingerMs: number;
}

/**
 * Makes batches of what comes into a spool: a batch is handed out when it is full or its first line has waited long
 * enough. A record is never divided, so a record with more than `maxLines` lines is a batch by itself.
 */
export class BatchCollector {
  readonly #options: CollectorOptions;
  readonly #wakeup: Wakeup;
  #end: Position;
  #flushing = false;

  constructor(options: CollectorOptions, end: Position) {
    this.#options = options;
    this.#wakeup = new Wakeup(options.clock);
    this.#end = end;
  }

  /** The spool may be read up to `end` now. */
  advance(end: Position): void {
    this.#end = end;
    this.#wakeup.ring();
  }

  /** From now on nothing is waited for. */
  flush(): void {
    this.#flushing = true;
    this.#wakeup.ring();
  }

  /** The batches of `reader`, until {@link flush} was called and nothing is left. */
  async *batches(reader: SpoolReader): AsyncGenerator<Batch, void, undefined> {
    let first: SpooledLines | SpoolGap | undefined;
    for (;;) {
      first ??= await this.#first(reader);
      if (first === undefined) return;
      const batch = new Batch();
      batch.add(first);
      first = await this.#fill(batch, reader);
      yield batch;
    }
  }

  async #first(reader: SpoolReader): Promise<SpooledLines | SpoolGap | undefined> {
    for (;;) {
      const isLastLook = this.#flushing;
      const record = await reader.next(this.#end);
      if (record !== undefined || isLastLook) return record;
      await this.#wakeup.wait(IDLE_MS);
    }
  }

  /** Returns the record that did not fit any more. */
  async #fill(batch: Batch, reader: SpoolReader): Promise<SpooledLines | SpoolGap | undefined> {
    const { clock, lingerMs } = this.#options;
    const until = clock.monotonic() + lingerMs;
    while (!this.#isFull(batch)) {
      const isLastLook = this.#flushing;
      const record = await reader.next(this.#end);
      if (record === undefined) {
        const left = until - clock.monotonic();
        if (isLastLook || left <= 0) return undefined;
        await this.#wakeup.wait(left);
      } else if (this.#fits(record, batch)) {
        batch.add(record);
      } else {
        return record;
      }
    }
    return undefined;
  }

  #isFull(batch: Batch): boolean {
    return batch.lines.length >= this.#options.maxLines || batch.bytes >= MAX_BATCH_BYTES;
  }

  #fits(record: SpooledLines | SpoolGap, batch: Batch): boolean {
    if (record.kind === 'gap') return true;
    const { maxLines } = this.#options;
    return (
      batch.lines.length + record.count <= maxLines && batch.bytes + record.text.length <= MAX_BATCH_BYTES
    );
  }
}
