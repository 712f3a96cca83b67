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

/** How many monitors may live together with one, because of what this plugin did; an edited one is another plugin. */
interface Limit {
  readonly pluginUrl: string;
  readonly most: number;
}

/**
 * The threads that many instances of one plugin share. Monitors whose thread died come back a tenth as many together, so
 * that after two deaths the guilty one is alone, and so is one that had to be taken out by force.
 */
export class SharedThreads {
  /** By what their monitors have in common. */
  readonly #open = new Map<string, Set<PluginThread>>();
  /** By name of the monitor, where fewer than usual may live with it. */
  readonly #limits = new Map<string, Limit>();
  readonly #started = new Map<string, number>();
  readonly #mostTogether: number;

  constructor(mostTogether: number = MOST_TOGETHER) {
    this.#mostTogether = mostTogether;
  }

  /** Lets a monitor move into a thread that has room, or into a new one. */
  join(tenant: Tenant, request: SharedThreadRequest): Seat {
    const { pluginUrl, environment, memoryLimitBytes } = request;
    const capacity = this.#most(tenant.monitor, pluginUrl);
    const key = JSON.stringify([pluginUrl, capacity, memoryLimitBytes, environment]);
    const open = [...(this.#open.get(key) ?? [])].find(({ hasRoom }) => hasRoom);
    return (open ?? this.#start(key, capacity, request)).join(tenant);
  }

  #start(key: string, capacity: number, request: SharedThreadRequest): PluginThread {
    const { pluginUrl } = request;
    const thread = new PluginThread({
      ...request,
      name: this.#nextName(request.module),
      capacity,
      observer: {
        evicted: (monitor) => this.#limits.set(monitor, { pluginUrl, most: 1 }),
        diedTogether: (monitors) => this.#keepApart(monitors, pluginUrl, capacity),
        closed: () => this.#closed(key, thread),
      },
    });
    this.#open.set(key, (this.#open.get(key) ?? new Set()).add(thread));
    return thread;
  }

  #closed(key: string, thread: PluginThread): void {
    const threads = this.#open.get(key);
    threads?.delete(thread);
    if (threads?.size === 0) this.#open.delete(key);
  }

  #nextName(module: string): string {
    const plugin = module.slice(module.lastIndexOf('.') + 1);
    const number = (this.#started.get(plugin) ?? 0) + 1;
    this.#started.set(plugin, number);
    return `${plugin}/${number}`;
  }

  #keepApart(monitors: readonly string[], pluginUrl: string, capacity: number): void {
    const fewer = Math.max(1, Math.floor(capacity / 10));
    for (const monitor of monitors) {
      this.#limits.set(monitor, { pluginUrl, most: Math.min(fewer, this.#most(monitor, pluginUrl)) });
    }
  }

  #most(monitor: string, pluginUrl: string): number {
    const limit = this.#limits.get(monitor);
    return limit?.pluginUrl === pluginUrl ? limit.most : this.#mostTogether;
  }
}

/** Those of this process. */
export const sharedThreads = new SharedThreads();
