import { Worker } from 'node:worker_threads';
import { errorCode } from '../log/error-code.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import { FrameReader } from './frame-reader.ts';
import type { Guest, GuestDeath, GuestEvents } from './guest.ts';
import { handOverPrinted } from './hand-over-printed.ts';
import { compiledUrl } from './package-files.ts';
import { createRing } from './ring-layout.ts';
import { RingReader } from './ring-reader.ts';
import { ThreadMemoryGuard } from './thread-memory-guard.ts';

const MEBIBYTE = 1024 * 1024;

/** How far V8's own limit lies above the guard's, so that the guard is first (see thread-memory-guard.ts). */
const ROOM_ABOVE_LIMIT_MB = 512;

/**
 * For values and lines, which die young. Without it V8 lets the young generation of a busy thread grow to 48 MB: measured,
 * 25 MB more in use for each monitor that emits a lot, and no faster.
 */
const YOUNG_GENERATION_MB = 6;

const memoryGuard = new ThreadMemoryGuard();

export interface WorkerGuestOptions {
  /** Name of the monitor instance, `module(id)`. */
  readonly monitor: string;
  readonly environment: Record<string, string>;
  readonly memoryLimitBytes: number;
  /** Size of the ring that lines leave through; a power of two. */
  readonly ringBytes?: number;
}

/** A guest in a worker thread. Lines leave it through shared memory, everything else through its port. */
export class WorkerGuest implements Guest {
  readonly #options: WorkerGuestOptions;
  readonly #memory: SharedArrayBuffer;
  readonly #ring: RingReader;
  readonly #lines: FrameReader;
  #worker: Worker | undefined;
  #death: GuestDeath | undefined;

  constructor(options: WorkerGuestOptions) {
    this.#options = options;
    this.#memory = createRing(options.ringBytes);
    this.#ring = new RingReader(this.#memory);
    this.#lines = new FrameReader(options.monitor, (maxBytes) => this.#ring.take(maxBytes));
  }

  start(events: GuestEvents): void {
    const { monitor, environment, memoryLimitBytes } = this.#options;
    const worker = new Worker(compiledUrl('host/inside/worker-entry'), {
      name: monitor,
      workerData: { ring: this.#memory },
      env: environment,
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
        maxOldGenerationSizeMb: Math.ceil(memoryLimitBytes / MEBIBYTE) + ROOM_ABOVE_LIMIT_MB,
      },
    });
    this.#worker = worker;
    const printed = [
      handOverPrinted(worker.stdout, 'stdout', events),
      handOverPrinted(worker.stderr, 'stderr', events),
    ];
    const unwatch = memoryGuard.watch(worker, memoryLimitBytes, (usedBytes) => {
      this.#endForMemory(usedBytes);
    });
    worker.on('message', (message: unknown) => {
      if (message === null) events.onReadable();
      else events.onMessage(message);
    });
    worker.on('error', (error: unknown) => {
      this.#death ??= deathByError(error);
    });
    worker.on('exit', (code) => {
      unwatch();
      void this.#afterExit(printed, events, { reason: 'crashed', message: `Ended with exit code ${code}` });
    });
  }

  send(text: string): void {
    this.#worker?.postMessage(text);
  }

  end(): void {
    this.kill();
  }

  kill(): void {
    this.#ring.close();
    void this.#worker?.terminate();
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.#lines.drain(maxBytes);
  }

  async #afterExit(printed: Promise<void>[], events: GuestEvents, death: GuestDeath): Promise<void> {
    await Promise.all(printed);
    if (this.#ring.hasBytes) events.onReadable();
    events.onDeath(this.#death ?? death);
  }

  #endForMemory(usedBytes: number): void {
    const used = Math.round(usedBytes / MEBIBYTE);
    const limit = Math.round(this.#options.memoryLimitBytes / MEBIBYTE);
    this.#death ??= {
      reason: 'out-of-memory',
      message: `Out of memory: used ${used} MiB, may use ${limit} MiB`,
    };
    this.kill();
  }
}

function deathByError(error: unknown): GuestDeath {
  if (!(error instanceof Error))
    return { reason: 'crashed', message: `Uncaught exception: ${String(error)}` };
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { reason: 'out-of-memory', message: 'Out of memory: the heap of its thread is full' };
  }
  const stack = error.stack === undefined ? {} : { stack: error.stack };
  return { reason: 'crashed', message: `Uncaught exception: ${error.message}`, ...stack };
}
