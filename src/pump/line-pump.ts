import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { SIGNALS } from '../metric-line/line-block.ts';
import type { LineBlock, Signal } from '../metric-line/line-block.ts';
import type { MetricLogs } from '../metric-log/metric-logs.ts';
import type { SpoolWriter } from '../spool/spool-contract.ts';
import type { LineSource } from './line-source.ts';
import { splitBySignal } from './split-by-signal.ts';

/** Told of every line as it leaves its monitor. */
export interface EmittedLedger {
  emitted(monitor: string, count: number): void;
}

export interface LinePumpOptions {
  /** Every source there is; asked when the pump is flushed. */
  readonly sources: () => readonly LineSource[];
  /** Where lines go on the OTLP side. A signal that no backend wants has no spool. */
  readonly spools: Partial<Record<Signal, Pick<SpoolWriter, 'append'>>>;
  readonly metricLogs: Pick<MetricLogs, 'write' | 'flush'>;
  readonly ledger: EmittedLedger;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Text taken in one round from one source, and from all of them. */
const SOURCE_BYTES = 262_144;
const ROUND_BYTES = 2_097_152;
/** A round that follows a silence waits so long, so that the lines of one sample travel together. */
const LINGER_MS = 10;

/**
 * Takes lines from the monitors to the spools and, when those have them, to the metric logs.
 *
 * It works in rounds, one at a time: some lines of every monitor that has any, spool, metric log, and again. What is not
 * taken yet stays with the monitors, whose rings fill and make them wait; so memory is bounded by one round however slow
 * the disk is, and a monitor that floods gets its share of a round and no more.
 */
export class LinePump {
  readonly #options: LinePumpOptions;
  /** Sources that may have lines, the one whose turn is next in front. */
  readonly #readable = new Set<LineSource>();
  #lingering = false;
  #pumping: Promise<void> | undefined;

  constructor(options: LinePumpOptions) {
    this.#options = options;
  }

  /** A source has lines. Calling it for one that has none, or again, does no harm. */
  onReadable(source: LineSource): void {
    this.#readable.add(source);
    if (this.#lingering || this.#pumping !== undefined) return;
    this.#lingering = true;
    this.#options.clock.schedule(() => {
      this.#lingering = false;
      void this.#pump();
    }, LINGER_MS);
  }

  /**
   * Takes everything that is there now to the spools and the metric logs, lines held back by a flush delay included.
   * Monitors that go on emitting make it take longer; stop them first.
   */
  async flush(): Promise<void> {
    for (const source of this.#options.sources()) this.#readable.add(source);
    await this.#pump();
    await this.#options.metricLogs.flush();
  }

  #pump(): Promise<void> {
    this.#pumping ??= this.#rounds();
    return this.#pumping;
  }

  async #rounds(): Promise<void> {
    do {
      await this.#deliver(this.#takeRound());
    } while (this.#readable.size > 0);
    // In the same turn as the last look at the sources, so that none is overlooked.
    this.#pumping = undefined;
  }

  #takeRound(): LineBlock[] {
    const blocks: LineBlock[] = [];
    let bytes = 0;
    const turn = [...this.#readable];
    for (const source of turn) {
      this.#readable.delete(source);
      const block = this.#drain(source);
      if (block === undefined) continue;
      this.#readable.add(source);
      this.#options.ledger.emitted(block.monitor, block.count);
      blocks.push(block);
      bytes += block.text.length;
      if (bytes >= ROUND_BYTES) break;
    }
    return blocks;
  }

  #drain(source: LineSource): LineBlock | undefined {
    try {
      return source.drain(SOURCE_BYTES);
    } catch (error) {
      const { monitor } = source;
      this.#options.logger.error('Cannot read lines from the monitor: this is a bug in the collector', {
        monitor,
        error,
      });
      return undefined;
    }
  }

  async #deliver(blocks: readonly LineBlock[]): Promise<void> {
    if (blocks.length === 0) return;
    const { spools, metricLogs } = this.#options;
    const split = blocks.map((block) => splitBySignal(block));
    const appends = SIGNALS.map(async (signal) => {
      const ofSignal = split.flatMap((parts) => parts[signal] ?? []);
      if (ofSignal.length > 0) await spools[signal]?.append(ofSignal);
    });
    await Promise.all(appends.map((append) => this.#guard('append lines to the spool', append)));
    await this.#guard('write lines to the metric log', metricLogs.write(blocks));
  }

  /** Neither side should reject; if one does all the same, the other still gets the lines. */
  async #guard(action: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.logger.error(`Cannot ${action}: this is a bug in the collector`, { error });
    }
  }
}
