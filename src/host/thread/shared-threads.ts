import { PluginThread, type Seat, type Tenant, type ThreadSettings } from './plugin-thread.ts';

/**
 * Most monitors in one thread. A thread costs some 4 MB and a monitor in it a tenth of that, so more than this saves
 * little, and whatever one of them does to its thread happens to all of them.
 */
const MOST_TOGETHER = 100;

/** What a monitor needs of a thread to share it. */
export interface SharedThreadRequest extends ThreadSettings {
  /** URL of the plugin: only instances of one plugin share a thread. */
  readonly pluginUrl: string;
  /** As in MonitorEntry; the threads are named after its last part. */
  readonly module: string;
}

/**
 * The threads that many instances of one plugin share. Monitors whose thread died come back a tenth as many together, so
 * that after two deaths the guilty one is alone, and so is one that had to be taken out by force.
 */
export class SharedThreads {
  /** By what their monitors have in common. */
  readonly #open = new Map<string, Set<PluginThread>>();
  /** How many may live together with a monitor, by its name, where it is fewer than usual. */
  readonly #mostWith = new Map<string, number>();
  readonly #started = new Map<string, number>();
  readonly #mostTogether: number;

  constructor(mostTogether: number = MOST_TOGETHER) {
    this.#mostTogether = mostTogether;
  }

  /** Lets a monitor move into a thread that has room, or into a new one. */
  join(tenant: Tenant, request: SharedThreadRequest): Seat {
    const capacity = this.#mostWith.get(tenant.monitor) ?? this.#mostTogether;
    const { pluginUrl, environment, memoryLimitBytes } = request;
    const key = JSON.stringify([pluginUrl, capacity, memoryLimitBytes, environment]);
    const threads = this.#open.get(key) ?? new Set();
    this.#open.set(key, threads);
    const thread = [...threads].find(({ hasRoom }) => hasRoom) ?? this.#start(threads, capacity, request);
    return thread.join(tenant);
  }

  #start(threads: Set<PluginThread>, capacity: number, request: SharedThreadRequest): PluginThread {
    const thread = new PluginThread({
      ...request,
      name: this.#nextName(request.module),
      capacity,
      observer: {
        evicted: (monitor) => this.#mostWith.set(monitor, 1),
        diedTogether: (monitors) => this.#keepApart(monitors, capacity),
        closed: () => threads.delete(thread),
      },
    });
    threads.add(thread);
    return thread;
  }

  #nextName(module: string): string {
    const plugin = module.slice(module.lastIndexOf('.') + 1);
    const number = (this.#started.get(plugin) ?? 0) + 1;
    this.#started.set(plugin, number);
    return `${plugin}/${number}`;
  }

  #keepApart(monitors: readonly string[], capacity: number): void {
    const fewer = Math.max(1, Math.floor(capacity / 10));
    for (const monitor of monitors) this.#mostWith.set(monitor, Math.min(fewer, this.#most(monitor)));
  }

  #most(monitor: string): number {
    return this.#mostWith.get(monitor) ?? this.#mostTogether;
  }
}

/** Those of this process. */
export const sharedThreads = new SharedThreads();
