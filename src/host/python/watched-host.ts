import { stat } from 'node:fs/promises';
import type { Clock } from '../../clock/clock.ts';
import type { LineBlock } from '../../metric-line/line-block.ts';
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
export class WatchedHost implements MonitorHost {
  readonly exited: Promise<HostExit>;
  readonly #host: MonitorHost;
  readonly #options: WatchedHostOptions;
  #isOutdated = false;

  constructor(host: MonitorHost, options: WatchedHostOptions) {
    this.#host = host;
    this.#options = options;
    this.exited = host.exited.then((exit) => this.#explain(exit));
  }

  start(): Promise<StartOutcome> {
    void this.#watch();
    return this.#host.start();
  }

  async gather(): Promise<GatherOutcome> {
    return this.#explainOutcome(await this.#host.gather());
  }

  async run(): Promise<GatherOutcome> {
    const outcome = this.#explainOutcome(await this.#host.run());
    if (!this.#isOutdated || outcome.kind === 'exited') return outcome;
    return { kind: 'exited', exit: await this.exited };
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

  async #watch(): Promise<void> {
    const { clock, file } = this.#options;
    const before = await versionOf(file);
    const over = new AbortController();
    void this.#host.exited.then(() => over.abort());
    for (;;) {
      await clock.sleep(LOOK_MS, over.signal);
      if (over.signal.aborted) return;
      const now = await versionOf(file);
      // A file that is not there is about to be replaced, or removed: neither is a reason to stop what runs.
      if (now !== undefined && now !== before) break;
    }
    this.#isOutdated = true;
    await this.#host.stop(STOP_GRACE_MS);
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
