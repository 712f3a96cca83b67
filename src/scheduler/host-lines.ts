import type { MonitorHost } from '../host/monitor-host.ts';
import type { LineBlock } from '../metric-line/line-block.ts';

interface Origin {
  readonly host: MonitorHost;
  exited: boolean;
}

/**
 * The lines of one monitor instance, whichever host they come from. A host that ended is drained until it is empty, then
 * the next one, so nothing it emitted is lost and the order is kept.
 */
export class HostLines {
  /** The ledger's name for the monitor instance. */
  readonly monitor: string;
  readonly #origins: Origin[] = [];

  constructor(monitor: string) {
    this.monitor = monitor;
  }

  /** Adds the host that comes after those before it. */
  add(host: MonitorHost): void {
    const origin: Origin = { host, exited: false };
    this.#origins.push(origin);
    void host.exited.then(() => (origin.exited = true));
  }

  /** Takes lines, at most about `maxBytes` of text; undefined when there are none now. */
  drain(maxBytes: number): LineBlock | undefined {
    for (;;) {
      const oldest = this.#origins[0];
      if (oldest === undefined) return undefined;
      // Read before the drain: a host that ends in between is asked once more.
      const { exited } = oldest;
      const block = oldest.host.drain(maxBytes);
      if (block !== undefined || !exited) return block;
      this.#origins.shift();
    }
  }
}
