import { stat } from 'node:fs/promises';
import type { Clock } from '../../clock/clock.ts';
import { ForwardingHost } from '../forwarding-host.ts';
import type { GatherOutcome, HostExit, MonitorHost, StartOutcome } from '../monitor-host.ts';

const LOOK_MS = 2000;

/** What a gather in progress has to finish in when the plugin has changed. */
const STOP_GRACE_MS = 5000;

export interface WatchedHostOptions {
  /** The plugin's file. */
  readonly file: string;
  readonly clock: Clock;
}

/** A host that ends, as `outdated`, when the file of its plugin changes, so that it is started anew with what is in there. */
export class WatchedHost extends ForwardingHost {
  readonly #options: WatchedHostOptions;
  #isOutdated = false;

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
    if (!this.#isOutdated || outcome.kind === 'exited') return outcome;
    return { kind: 'exited', exit: await this.exited };
  }

  async #watch(): Promise<void> {
    const { clock, file } = this.#options;
    const before = await versionOf(file);
    const over = new AbortController();
    void this.host.exited.then(() => over.abort());
    for (;;) {
      await clock.sleep(LOOK_MS, over.signal);
      if (over.signal.aborted) return;
      const now = await versionOf(file);
      // A file that is not there is about to be replaced, or removed: neither is a reason to stop what runs.
      if (now !== undefined && now !== before) break;
    }
    this.#isOutdated = true;
    await this.host.stop(STOP_GRACE_MS);
  }

  #explainOutcome(outcome: GatherOutcome): GatherOutcome {
    return outcome.kind === 'exited' ? { kind: 'exited', exit: this.#explain(outcome.exit) } : outcome;
  }

  #explain(exit: HostExit): HostExit {
    if (!this.#isOutdated) return exit;
    return { reason: 'outdated', message: `The plugin has changed: "${this.#options.file}"` };
  }
}

async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}
