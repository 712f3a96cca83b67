import type { LineBlock } from '../metric-line/line-block.ts';
import type { GatherOutcome, HostExit, MonitorHost, StartOutcome } from '../host/monitor-host.ts';

/** A host that also says when a sample is done, well or not. One that the host did not survive is none. */
export class ObservedHost implements MonitorHost {
  readonly exited: Promise<HostExit>;
  readonly #host: MonitorHost;
  readonly #onGathered: () => void;

  constructor(host: MonitorHost, onGathered: () => void) {
    this.#host = host;
    this.#onGathered = onGathered;
    this.exited = host.exited;
  }

  start(): Promise<StartOutcome> {
    return this.#host.start();
  }

  async gather(): Promise<GatherOutcome> {
    const outcome = await this.#host.gather();
    if (outcome.kind !== 'exited') this.#onGathered();
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
