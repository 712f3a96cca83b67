import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock/clock.ts';
import { errorCode } from '../../log/error-code.ts';
import type { GuestDeath, GuestEvents } from '../guest.ts';
import { handOverPrinted } from '../hand-over-printed.ts';
import type { HostPlace } from '../host-place.ts';
import { compiledUrl } from '../package-files.ts';
import { ThreadMemoryGuard } from './thread-memory-guard.ts';
import {
  OUT_OF_MEMORY_EXIT_CODE,
  parseFromThread,
  type FromThread,
  type ToThread,
} from './thread-message.ts';

const MEBIBYTE = 1024 * 1024;

/** How far V8's own limit lies above the guard's, so that the guard is first (see thread-memory-guard.ts). */
const ROOM_ABOVE_LIMIT_MB = 512;

/**
 * For values and lines, which die young. Without it V8 lets the young generation of a busy thread grow to 48 MB: measured,
 * 25 MB more in use for each monitor that emits a lot, and no faster.
 */
const YOUNG_GENERATION_MB = 6;

/** A thread that has not let a monitor go after this time is blocked. */
const EVICTED_WITHIN_MS = 1000;

const memoryGuard = new ThreadMemoryGuard();

/** What is needed to start a thread. */
export interface ThreadSettings {
  readonly environment: Record<string, string>;
  /** Memory of all that is in the thread. */
  readonly memoryLimitBytes: number;
  readonly clock: Clock;
}

export interface PluginThreadOptions extends ThreadSettings {
  readonly name: string;
  /** Most monitors at the same time. */
  readonly capacity: number;
  readonly observer?: ThreadObserver;
}

/** Told what happens to monitors that share a thread. */
export interface ThreadObserver {
  /** A monitor had to be taken out by force; the thread and the others live on. */
  evicted(monitor: string): void;
  /** The thread has died with these in it, and it cannot be told whose fault it was. */
  diedTogether(monitors: readonly string[]): void;
  /** The thread takes nobody in any more. */
  closed(): void;
}

/** Who moves into a thread. */
export interface Tenant {
  /** Name of the monitor instance, `module(id)`. */
  readonly monitor: string;
  /** Its way out for lines. */
  readonly ring: SharedArrayBuffer;
  readonly events: GuestEvents;
}

/** A monitor's place in a thread. */
export interface Seat {
  readonly place: HostPlace;
  /** Sends one message (see host-message.ts). */
  send(text: string): void;
  /** Ends the monitor by force, and with it the thread when that does not let it go. */
  evict(): void;
}

type Left = Extract<FromThread, { readonly kind: 'left' }>;

/** A worker thread that monitors live in: one, or several of the same plugin. It ends when the last one leaves. */
export class PluginThread {
  readonly #options: PluginThreadOptions;
  readonly #worker: Worker;
  readonly #members = new Map<number, Tenant>();
  #joined = 0;
  #isClosed = false;
  #death: GuestDeath | undefined;

  constructor(options: PluginThreadOptions) {
    this.#options = options;
    this.#worker = startWorker(options);
    const printed = [
      handOverPrinted(this.#worker.stdout, 'stdout', this.#printedEvents()),
      handOverPrinted(this.#worker.stderr, 'stderr', this.#printedEvents()),
    ];
    const unwatch = memoryGuard.watch(this.#worker, options.memoryLimitBytes, (usedBytes) => {
      this.#death ??= outOfMemory(usedBytes, options.memoryLimitBytes);
      this.#terminate();
    });
    this.#worker.on('message', (message: unknown) => this.#onMessage(message));
    this.#worker.on('error', (error: unknown) => {
      this.#death ??= deathByError(error);
    });
    this.#worker.on('exit', (code) => {
      unwatch();
      this.#close();
      void this.#afterExit(printed, this.#death ?? deathByExit(code));
    });
  }

  /** Whether another monitor may move in. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.#members.size < this.#options.capacity;
  }

  /** Lets a monitor move in. Its events come later, never during the call. */
  join(tenant: Tenant): Seat {
    if (!this.hasRoom) throw new Error(`Cannot move "${tenant.monitor}" into a thread that has no room`);
    const member = ++this.#joined;
    this.#members.set(member, tenant);
    this.#post({ kind: 'join', member, ring: tenant.ring });
    const place = (): HostPlace => this.#place;
    return {
      get place() {
        return place();
      },
      send: (text) => this.#post({ kind: 'message', member, text }),
      evict: () => this.#evict(member),
    };
  }

  get #place(): HostPlace {
    const { name, capacity } = this.#options;
    if (capacity === 1) return { kind: 'thread' };
    return { kind: 'thread', shared: { name, others: this.#members.size - 1 } };
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #onMessage(message: unknown): void {
    const parsed = parseFromThread(message);
    const tenant = parsed === undefined ? this.#anyone : this.#members.get(parsed.member);
    if (parsed === undefined) tenant?.events.onMessage(message);
    else if (tenant !== undefined) this.#handle(parsed, tenant);
  }

  #handle(message: FromThread, tenant: Tenant): void {
    switch (message.kind) {
      case 'readable':
        tenant.events.onReadable();
        return;
      case 'message':
        tenant.events.onMessage(message.text);
        return;
      case 'left':
        this.#left(message, tenant);
        return;
    }
  }

  /** One that ended by itself while it was being evicted, as when its start has failed, is as good as any other. */
  #left({ member, wasEvicted }: Left, tenant: Tenant): void {
    if (wasEvicted) this.#options.observer?.evicted(tenant.monitor);
    if (this.#members.size === 1) {
      this.#close();
      this.#post({ kind: 'end' });
      return;
    }
    this.#members.delete(member);
    tenant.events.onDeath({ reason: 'crashed', message: 'Ended' });
  }

  #evict(member: number): void {
    const tenant = this.#members.get(member);
    if (tenant === undefined) return;
    if (this.#members.size === 1) {
      this.#terminate();
      return;
    }
    this.#post({ kind: 'evict', member });
    this.#options.clock.schedule(() => {
      if (this.#members.get(member) === tenant) this.#terminate();
    }, EVICTED_WITHIN_MS);
  }

  #terminate(): void {
    this.#close();
    void this.#worker.terminate();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.observer?.closed();
  }

  async #afterExit(printed: readonly Promise<void>[], death: GuestDeath): Promise<void> {
    await Promise.all(printed);
    const tenants = [...this.#members.values()];
    if (tenants.length > 1) this.#options.observer?.diedTogether(tenants.map(({ monitor }) => monitor));
    const [first, ...others] = tenants;
    this.#members.clear();
    first?.events.onDeath(inCompany(death, others.length));
    const { stack: _saidOnce, ...withoutStack } = inCompany(death, others.length);
    for (const { events } of others) events.onDeath(withoutStack);
  }

  /** Nobody can tell which of several monitors printed something. */
  #printedEvents(): Pick<GuestEvents, 'onPrinted'> {
    return { onPrinted: (origin, chunk) => this.#anyone?.events.onPrinted(origin, chunk) };
  }

  get #anyone(): Tenant | undefined {
    const [first] = this.#members.values();
    return first;
  }
}

function startWorker({ name, environment, memoryLimitBytes }: PluginThreadOptions): Worker {
  return new Worker(compiledUrl('host/inside/worker-entry'), {
    name,
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
}

function inCompany(death: GuestDeath, others: number): GuestDeath {
  if (others < 1) return death;
  const message = `Its thread, shared with ${others} ${others === 1 ? 'other' : 'others'}, died: ${death.message}`;
  return { ...death, message };
}

function deathByExit(code: number): GuestDeath {
  return code === OUT_OF_MEMORY_EXIT_CODE
    ? { reason: 'out-of-memory', message: 'Out of memory: together they used more than one monitor may' }
    : { reason: 'crashed', message: `Ended with exit code ${code}` };
}

function outOfMemory(usedBytes: number, limitBytes: number): GuestDeath {
  const [used, limit] = [usedBytes, limitBytes].map((bytes) => Math.round(bytes / MEBIBYTE));
  return { reason: 'out-of-memory', message: `Out of memory: used ${used} MiB, may use ${limit} MiB` };
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
