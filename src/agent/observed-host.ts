import type { LineBlock } from '../metric-line/line-block.ts';
import type { GatherOutcome, HostExit, MonitorHost, StartOutcome } from '../host/monitor-host.ts';

/** What an {@link ObservedHost} tells. */
export interface HostObserver {
  onStart(outcome: StartOutcome): void;
  /** A gatherSample ended, in whatever way. */
  onGathered(): void;
}

/** A host that also says how its start ended, and when a sample is done. */
export class ObservedHost implements MonitorHost {
  readonly exited: Promise<HostExit>;
  readonly #host: MonitorHost;
  readonly #observer: HostObserver;

  constructor(host: MonitorHost, observer: HostObserver) {
    this.#host = host;
    this.#observer = observer;
    this.exited = host.exited;
  }

  async start(): Promise<StartOutcome> {
    const outcome = await this.#host.start();
    this.#observer.onStart(outcome);
    return outcome;
  }

  async gather(): Promise<GatherOutcome> {
    const outcome = await this.#host.gather();
    this.#observer.onGathered();
    return outcome;
  }

  run(): Promise<GatherOutcome> {
    return this.#host.run();
  }

  stop(graceMs: number): Promise<void> {
    return this.#host.stop(graceMs);
  }

  kill(): void {
    this.#host.kill();
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.#host.drain(maxBytes);
  }
}
