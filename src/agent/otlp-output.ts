import type { Clock } from '../clock/clock.ts';
import type { BackendSettings, Configuration } from '../config/configuration.ts';
import type { SpoolBooks } from '../ledger/stored-ledger.ts';
import { totalOf } from '../ledger/tally.ts';
import type { Logger } from '../log/logger.ts';
import { SIGNALS } from '../metric-line/line-block.ts';
import type { LineBlock, Signal } from '../metric-line/line-block.ts';
import type { CursorProgress, Delivery, MetricMetadata } from '../otlp/delivery-contract.ts';
import { toResourceAttributes } from '../otlp/resource-attributes.ts';
import { startDelivery } from '../otlp/start-delivery.ts';
import { StoredDefinitions } from '../otlp/stored-definitions.ts';
import { openSpool } from '../spool/disk-spool.ts';
import { comparePositions } from '../spool/position.ts';
import type { CursorState } from '../spool/cursor-format.ts';
import { prepareCursor, removeUnknownCursors } from '../spool/prepare-cursor.ts';
import { SpoolBudget } from '../spool/spool-budget.ts';
import type { SpoolWriter } from '../spool/spool-contract.ts';
import type { DataPaths } from './data-paths.ts';

export interface OtlpOutputOptions {
  readonly configuration: Configuration;
  readonly paths: DataPaths;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly userAgent: string;
  /** Lines known to have been appended, from the ledger of an earlier process. */
  readonly appendedBefore: SpoolBooks;
}

/** The OTLP side as the rest of the collector sees it: two spools to append to, and the delivery that empties them. */
export class OtlpOutput {
  readonly #spools: Readonly<Record<Signal, SpoolWriter>>;
  readonly #cursors: Opened['cursors'];
  readonly #definitions: StoredDefinitions;
  readonly #options: OtlpOutputOptions;
  readonly #progress = new Map<string, CursorProgress>();
  #delivery: Delivery | undefined;
  #onProgress: () => void = () => {};

  private constructor({ spools, cursors, definitions }: Opened, options: OtlpOutputOptions) {
    this.#spools = spools;
    this.#cursors = cursors;
    this.#definitions = definitions;
    this.#options = options;
  }

  /** Opens the spools. Rejects when they cannot be read or belong to a later version. */
  static async open(options: OtlpOutputOptions): Promise<OtlpOutput> {
    const { configuration, paths, appendedBefore } = options;
    const { maxBytes, fsync } = configuration.otel.spool;
    const budget = new SpoolBudget(maxBytes);
    const open = (signal: Signal): Promise<SpoolWriter> =>
      openSpool({
        ...options,
        folder: paths.spool[signal],
        budget,
        fsync,
        floor: appendedBefore[signal] ?? {},
      });
    const spools = { metrics: await open('metrics'), logs: await open('logs') };
    const cursors = {
      metrics: await prepareCursors('metrics', spools.metrics, options),
      logs: await prepareCursors('logs', spools.logs, options),
    };
    const definitions = await StoredDefinitions.open(paths.definitions, options.logger);
    const output = new OtlpOutput({ spools, cursors, definitions }, options);
    await output.#forgetOldBackends();
    return output;
  }

  /** Lines ever appended, by signal and monitor. */
  get appended(): SpoolBooks {
    return { metrics: this.#spools.metrics.appended, logs: this.#spools.logs.appended };
  }

  get sizeBytes(): number {
    return this.#spools.metrics.sizeBytes + this.#spools.logs.sizeBytes;
  }

  /** Where each backend stands in each spool. */
  get progress(): readonly CursorProgress[] {
    return [...this.#progress.values()];
  }

  /** What the pump appends to; the delivery hears of it as soon as the lines are safe. */
  get writers(): Readonly<Record<Signal, Pick<SpoolWriter, 'append'>>> {
    const writer = (signal: Signal) => ({
      append: async (blocks: readonly LineBlock[]): Promise<void> => {
        await this.#spools[signal].append(blocks);
        this.#advance(signal);
      },
    });
    return { metrics: writer('metrics'), logs: writer('logs') };
  }

  /** Starts to deliver and says how far it is. Rejects when a cursor cannot be opened. */
  async start(onProgress: (progress: CursorProgress) => void): Promise<void> {
    const { configuration, paths, clock, random, logger, userAgent } = this.#options;
    const { otel } = configuration;
    const spool = (signal: Signal) => ({
      folder: paths.spool[signal],
      fsync: otel.spool.fsync,
      end: this.#spools[signal].end,
      cursors: this.#cursors[signal],
    });
    const settings = {
      backends: otel.backends,
      otel,
      resourceAttributes: toResourceAttributes(configuration),
      definitions: this.#definitions.all,
      spools: { metrics: spool('metrics'), logs: spool('logs') },
      deadLetterFolder: paths.deadLetters,
      userAgent,
    };
    const took = (progress: CursorProgress): void => {
      onProgress(progress);
      this.#took(progress);
    };
    for (const signal of SIGNALS) {
      for (const [backend, cursor] of Object.entries(this.#cursors[signal])) {
        took({ backend, signal, ...cursor, state: { kind: 'idle' } });
      }
    }
    this.#delivery = startDelivery({ settings, clock, random, logger, onProgress: took });
  }

  define(module: string, metrics: readonly MetricMetadata[]): void {
    if (this.#definitions.define(module, metrics)) this.#delivery?.define(module, metrics);
  }

  /** Waits until every backend has everything, at most `deadlineMs`; true when it is so. */
  whenDelivered(deadlineMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.schedule(() => resolve(false), deadlineMs);
      this.#onProgress = () => {
        if (!this.#isDelivered) return;
        cancel();
        resolve(true);
      };
      this.#onProgress();
    });
  }

  /** One last delivery within `deadlineMs`; then the spools are closed. What is undelivered stays in them. */
  async stop(deadlineMs: number): Promise<void> {
    for (const signal of SIGNALS) this.#advance(signal);
    await this.#delivery?.stop(deadlineMs);
    await Promise.all(SIGNALS.map((signal) => this.#spools[signal].close()));
    await this.#definitions.close();
  }

  get #isDelivered(): boolean {
    return this.progress.every(
      ({ signal, position }) => comparePositions(position, this.#spools[signal].end) >= 0,
    );
  }

  #advance(signal: Signal): void {
    this.#delivery?.advance(signal, this.#spools[signal].end);
  }

  #took(progress: CursorProgress): void {
    const { backend, signal } = progress;
    this.#progress.set(`${signal} ${backend}`, progress);
    this.#releaseSettled(signal);
    this.#onProgress();
  }

  /** Segments that every backend has passed are not needed any more. */
  #releaseSettled(signal: Signal): void {
    const positions = this.progress
      .filter((other) => other.signal === signal)
      .map(({ position }) => position);
    if (positions.length < this.#options.configuration.otel.backends.length) return;
    const slowest = positions.toSorted(comparePositions)[0];
    if (slowest !== undefined) this.#spools[signal].release(slowest);
  }

  async #forgetOldBackends(): Promise<void> {
    const { configuration, paths, logger } = this.#options;
    const backends = configuration.otel.backends.map(({ name }: BackendSettings) => name);
    for (const signal of SIGNALS) {
      const known = { folder: paths.spool[signal], backends };
      for (const { backend, pending } of await removeUnknownCursors(known, this.#spools[signal])) {
        const lines = pending === undefined ? 'an unknown number of' : String(totalOf(pending));
        const message = `Backend "${backend}" is no longer configured: ${lines} undelivered lines of the signal ${signal} will not be sent to it`;
        logger.warn(message, { backend });
      }
    }
  }
}

interface Opened {
  readonly spools: Readonly<Record<Signal, SpoolWriter>>;
  readonly cursors: Readonly<Record<Signal, Readonly<Record<string, CursorState>>>>;
  readonly definitions: StoredDefinitions;
}

async function prepareCursors(
  signal: Signal,
  spool: SpoolWriter,
  { configuration, paths, clock, logger }: OtlpOutputOptions,
): Promise<Readonly<Record<string, CursorState>>> {
  const { backends, spool: settings } = configuration.otel;
  const cursors: [string, CursorState][] = [];
  for (const { name } of backends) {
    const cursor = { folder: paths.spool[signal], backend: name, fsync: settings.fsync, clock, logger };
    cursors.push([name, await prepareCursor(cursor, spool)]);
  }
  return Object.fromEntries(cursors);
}
