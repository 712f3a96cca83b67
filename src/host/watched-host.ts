import type { Clock } from '../clock/clock.ts';
import { ForwardingHost } from './forwarding-host.ts';
import type { GatherOutcome, HostExit, MonitorHost, StartOutcome } from './monitor-host.ts';
import { whenChanged } from './plugin/when-changed.ts';

/** What a gather in progress has to finish in when the plugin has changed. */
const STOP_GRACE_MS = 5000;

export interface WatchedHostOptions {
  /** What the plugin is made of. */
  readonly files: readonly string[];
  readonly clock: Clock;
}

/** A host that ends, as `outdated`, when a file of its plugin changes, so that it is started anew with what is in there. */
export class WatchedHost extends ForwardingHost {
  readonly #options: WatchedHostOptions;
  #changed: string | undefined;

  constructor(host: MonitorHost, options: WatchedHostOptions) {
    super(
      host,
      host.exited.then((exit) => this.#explain(exit)),
    );
    this.#options = options;
  }

  override start(): Promise<StartOutcome> {
    void this.#watch();
    return super.start();
  }

  override async gather(): Promise<GatherOutcome> {
    return this.#explainOutcome(await super.gather());
  }

  override async run(): Promise<GatherOutcome> {
    const outcome = this.#explainOutcome(await super.run());
    if (this.#changed === undefined || outcome.kind === 'exited') return outcome;
    return { kind: 'exited', exit: await this.exited };
  }

  async #watch(): Promise<void> {
    const { files, clock } = this.#options;
    const over = new AbortController();
    void this.host.exited.then(() => over.abort());
    this.#changed = await whenChanged(files, { clock, signal: over.signal });
    if (this.#changed !== undefined) await this.host.stop(STOP_GRACE_MS);
  }

  #explainOutcome(outcome: GatherOutcome): GatherOutcome {
    return outcome.kind === 'exited' ? { kind: 'exited', exit: this.#explain(outcome.exit) } : outcome;
  }

  #explain(exit: HostExit): HostExit {
    if (this.#changed === undefined) return exit;
    return { reason: 'outdated', message: `The plugin has changed: "${this.#changed}"` };
  }
}
