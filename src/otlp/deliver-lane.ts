import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { CursorState } from '../spool/cursor-format.ts';
import { comparePositions } from '../spool/position.ts';
import type { Position } from '../spool/position.ts';
import type { SpoolReader } from '../spool/spool-contract.ts';
import { backOffMs } from './back-off.ts';
import type { Batch } from './batch.ts';
import type { BatchCollector } from './batch-collector.ts';
import type { BatchDelivery } from './deliver-batch.ts';
import type { CursorProgress, DeliveryState } from './delivery-contract.ts';
import type { LaneSpool } from './lane-spool.ts';
import { LogThrottle } from './log-throttle.ts';
import { SettledSum } from './settled-sum.ts';
import type { StopSignals } from './stop-signals.ts';

/** What a {@link Lane} works with. */
export interface LaneOptions {
  /** Name of the backend. */
  readonly backend: string;
  readonly signal: Signal;
  readonly spool: LaneSpool;
  readonly collector: BatchCollector;
  readonly delivery: BatchDelivery;
  readonly stop: StopSignals;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly onProgress: (progress: CursorProgress) => void;
}

const COMPLAIN_EVERY_MS = 60_000;

/**
 * The way of one signal to one backend: reads its spool with its own cursor, batch after batch, one request at a time and
 * in order, and commits the cursor when all lines of a batch are settled. No other lane is held up by it.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #complaints: LogThrottle;
  readonly #settled: SettledSum;
  readonly #finished: Promise<void>;
  #cursor: CursorState;
  #end: Position;
  #state: DeliveryState = { kind: 'idle' };
  #crashes = 0;

  constructor(options: LaneOptions, end: Position) {
    this.#options = options;
    this.#complaints = new LogThrottle(options.clock, COMPLAIN_EVERY_MS);
    this.#cursor = options.spool.cursor;
    this.#settled = new SettledSum(this.#cursor.settled);
    this.#end = end;
    this.#finished = this.#run();
  }

  /** The spool holds records up to `end` now. */
  advance(end: Position): void {
    this.#end = end;
    this.#options.collector.advance(end);
  }

  /** Sends what is pending, gives every request one last try, and ends at the latest after `deadlineMs`. */
  async stop(deadlineMs: number): Promise<void> {
    this.#options.collector.flush();
    await this.#options.stop.stop(deadlineMs, this.#options.clock, this.#finished);
  }

  /** Shows where the requests stand; see {@link CursorProgress}. */
  setState(state: DeliveryState): void {
    this.#state = state;
    const { backend, signal, onProgress } = this.#options;
    onProgress({ backend, signal, ...this.#cursor, state });
  }

  /** A spool that cannot be read, or a mistake of ours, is said, and delivery goes on from the cursor. */
  async #run(): Promise<void> {
    const { stop, clock, random } = this.#options;
    this.setState(this.#state);
    for (;;) {
      try {
        await this.#deliverAll();
        break;
      } catch (error) {
        this.#complain(error);
      }
      if (stop.asked.aborted) break;
      await clock.sleep(backOffMs(this.#crashes++, random), stop.asked);
    }
    this.setState({ kind: 'idle' });
    await this.#options.spool.close();
  }

  async #deliverAll(): Promise<void> {
    const reader = this.#options.spool.openReader(this.#cursor);
    try {
      await this.#deliverFrom(reader);
    } finally {
      await reader.close();
    }
  }

  async #deliverFrom(reader: SpoolReader): Promise<void> {
    const { collector, delivery, stop } = this.#options;
    for await (const batch of collector.batches(reader)) {
      if ((await delivery.deliver(batch)) === 'stopped') return;
      await this.#commit(batch);
      if (stop.told.aborted) return;
    }
  }

  async #commit(batch: Batch): Promise<void> {
    this.#settled.addAll(batch.tally());
    const position = batch.end ?? this.#cursor.position;
    this.#cursor = { ...this.#cursor, position, settled: this.#settled.value };
    this.#crashes = 0;
    await this.#options.spool.commit(this.#cursor);
    this.setState({ kind: comparePositions(position, this.#end) < 0 ? 'delivering' : 'idle' });
  }

  #complain(error: unknown): void {
    const { backend, signal, logger } = this.#options;
    const why = error instanceof Error ? error.message : String(error);
    this.#complaints.log(why, (suppressed) => {
      logger.error(
        `Delivery of ${signal} to backend "${backend}" stumbled and goes on from its cursor: ${why}`,
        {
          backend,
          error,
          suppressed,
        },
      );
    });
  }
}
