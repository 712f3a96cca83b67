import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Position } from '../spool/position.ts';
import { backOffMs } from './back-off.ts';
import type { CursorProgress, Delivery, MetricMetadata } from './delivery-contract.ts';
import type { DeliverySettings } from './delivery-lanes.ts';
import type { DeliveryCommand, DeliveryReport } from './worker-message.ts';

/** What {@link startDelivery} needs. */
export interface StartDeliveryOptions {
  readonly settings: DeliverySettings;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** At most ten times a second for each backend and signal; the final state always. */
  readonly onProgress: (progress: CursorProgress) => void;
  /** The compiled delivery-worker; the one beside this file unless a test has another. */
  readonly entry?: URL;
}

/** Appends to the spool are told at most this often. */
const ADVANCE_INTERVAL_MS = 20;
/** A thread that lived so long before it crashed is started again without the waits of the crashes before. */
const HEALTHY_MS = 60_000;
/** Time that the thread has, beyond the deadline of the delivery, to end by itself. */
const GRACE_MS = 2_000;
/** Room for the points of a part of a request (see export-request.ts); with more the thread is no faster but larger. */
const YOUNG_GENERATION_MB = 4;

/**
 * Delivers in a thread of its own, so that building and sending requests does not hold up the collector. A thread that
 * crashes, which is a mistake of ours, is started again with growing waits; the cursors make it safe.
 */
export function startDelivery(options: StartDeliveryOptions): Delivery {
  return new DeliveryThread(options);
}

type Ends = Record<Signal, Position>;

class DeliveryThread implements Delivery {
  readonly #options: StartDeliveryOptions;
  readonly #definitions: Map<string, readonly MetricMetadata[]>;
  readonly #ends: Ends;
  /** Signals whose new end the thread does not know yet. */
  readonly #untold = new Set<Signal>();
  #cancelTelling: (() => void) | undefined;
  #worker: Worker | undefined;
  #cancelRestart: (() => void) | undefined;
  #crashes = 0;
  #isStopping = false;
  #stopped: Promise<void> | undefined;
  #ended: (() => void) | undefined;

  constructor(options: StartDeliveryOptions) {
    this.#options = options;
    const { metrics, logs } = options.settings.spools;
    this.#definitions = new Map(options.settings.definitions);
    this.#ends = { metrics: metrics.end, logs: logs.end };
    this.#start();
  }

  advance(signal: Signal, end: Position): void {
    this.#ends[signal] = end;
    this.#untold.add(signal);
    if (this.#cancelTelling === undefined) this.#tellEnds();
  }

  define(monitorModule: string, metrics: readonly MetricMetadata[]): void {
    this.#definitions.set(monitorModule, metrics);
    this.#tell({ kind: 'define', monitor: monitorModule, metrics });
  }

  stop(deadlineMs: number): Promise<void> {
    this.#stopped ??= this.#stop(deadlineMs);
    return this.#stopped;
  }

  async #stop(deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    this.#cancelRestart?.();
    const worker = this.#worker;
    if (worker !== undefined) {
      this.#tellEnds();
      await this.#stopThread(worker, deadlineMs);
    }
    this.#cancelTelling?.();
  }

  async #stopThread(worker: Worker, deadlineMs: number): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    this.#tell({ kind: 'stop', deadlineMs });
    const cancel = this.#options.clock.schedule(() => {
      this.#options.logger.error('Delivery does not end and is cut off; its cursors say where it goes on');
      void worker.terminate();
    }, deadlineMs + GRACE_MS);
    await ended;
    cancel();
  }

  #start(): void {
    const { settings, clock, entry } = this.#options;
    const { metrics, logs } = settings.spools;
    const spools = {
      metrics: { ...metrics, end: this.#ends.metrics },
      logs: { ...logs, end: this.#ends.logs },
    };
    const worker = new Worker(entry ?? new URL('delivery-worker.js', import.meta.url), {
      name: 'delivery',
      workerData: { ...settings, spools, definitions: this.#definitions },
      execArgv: [],
      env: {},
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    const startedMs = clock.monotonic();
    let failure: unknown;
    worker.on('message', (report: DeliveryReport) => this.#take(report));
    worker.on('error', (error: unknown) => {
      failure = error;
    });
    worker.on('exit', () => this.#exited(failure, clock.monotonic() - startedMs));
    this.#worker = worker;
  }

  #exited(failure: unknown, livedMs: number): void {
    this.#worker = undefined;
    this.#ended?.();
    if (failure === undefined && this.#isStopping) return;
    const { clock, random, logger } = this.#options;
    const why = failure instanceof Error ? failure.message : 'it ended by itself';
    if (this.#isStopping) {
      logger.error(`Delivery crashed while it stopped: ${why}`, { error: failure });
      return;
    }
    if (livedMs >= HEALTHY_MS) this.#crashes = 0;
    const delayMs = backOffMs(this.#crashes++, random);
    logger.error(`Delivery crashed and is started again from its cursors: ${why}`, {
      error: failure,
      delayMs,
    });
    this.#cancelRestart = clock.schedule(() => this.#start(), delayMs);
  }

  #take(report: DeliveryReport): void {
    if (report.kind === 'progress') this.#options.onProgress(report.progress);
    else this.#options.logger[report.level](report.message, report.context);
  }

  /** Tells now what is untold, and then for a moment nothing more. */
  #tellEnds(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = undefined;
    if (this.#untold.size === 0) return;
    for (const signal of this.#untold) this.#tell({ kind: 'advance', signal, end: this.#ends[signal] });
    this.#untold.clear();
    this.#cancelTelling = this.#options.clock.schedule(() => {
      this.#cancelTelling = undefined;
      this.#tellEnds();
    }, ADVANCE_INTERVAL_MS);
  }

  #tell(command: DeliveryCommand): void {
    this.#worker?.postMessage(command);
  }
}
