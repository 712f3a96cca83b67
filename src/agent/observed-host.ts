import { ForwardingHost } from '../host/forwarding-host.ts';
import type { GatherOutcome, MonitorHost } from '../host/monitor-host.ts';

/** A host that also says when a sample is done, well or not. One that the host did not survive is none. */
export class ObservedHost extends ForwardingHost {
  readonly #onGathered: () => void;

  constructor(host: MonitorHost, onGathered: () => void) {
    super(host);
    this.#onGathered = onGathered;
  }

  override async gather(): Promise<GatherOutcome> {
    const outcome = await super.gather();
    if (outcome.kind !== 'exited') this.#onGathered();
    return outcome;
  }
}
