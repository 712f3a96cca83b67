import type { Clock } from '../clock/clock.ts';
import type { Configuration, MonitorEntry } from '../config/configuration.ts';
import type { Environment } from '../host/guest-environment.ts';
import type { HostListener } from '../host/monitor-host.ts';
import { formatCounts } from '../ledger/format-counts.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { BackendBooks } from '../ledger/ledger-snapshot.ts';
import { LOSSES, settledIn } from '../ledger/settled-lines.ts';
import type { Logger } from '../log/logger.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import { LinePump } from '../pump/line-pump.ts';
import type { FatalEnd, HostCreation } from '../scheduler/monitor-supervisor.ts';
import { MonitorsManager } from '../scheduler/monitors-manager.ts';
import { createMonitorHost } from './create-monitor-host.ts';
import { moduleOf } from './crowded-modules.ts';
import { dataPaths } from './data-paths.ts';
import { ObservedHost } from './observed-host.ts';
import type { OtlpOutput } from './otlp-output.ts';

export interface LoneMonitorOptions {
  /** Its `monitors` are not looked at. */
  readonly configuration: Configuration;
  readonly entry: MonitorEntry;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  readonly version: string;
  /** Within this time after the end all that was emitted shall be delivered. */
  readonly deliveryDeadlineMs: number;
  /** Takes metric lines, each ending in `\n`; in the place of a metric log. */
  readonly print: (text: Buffer) => Promise<void>;
  /** A gatherSample ended, for the `count`-th time. */
  readonly onSample: (count: number) => void;
  /** The monitor is dead or switched itself off, so there is nothing left to run. */
  readonly onDead: () => void;
}

/** How a lone monitor ended. */
export interface LoneMonitorEnd {
  /** How it ended by itself, when it did. */
  readonly end: FatalEnd | undefined;
  readonly samples: { readonly taken: number; readonly failed: number };
  /** Values that should have been delivered and are not, and why. */
  readonly undelivered: { readonly count: number; readonly reasons: readonly string[] };
}

const GATHER_GRACE_MS = 5000;
const LAST_DELIVERY_MS = 5000;

/** One monitor under the collector's own scheduler, for testing it: its lines are printed, and delivered on request. */
export class LoneMonitor {
  readonly #options: LoneMonitorOptions;
  readonly #ledger: Ledger;
  readonly #otlp: OtlpOutput | undefined;
  readonly #pump: LinePump;
  readonly #manager: MonitorsManager;
  #samples = 0;
  #end: FatalEnd | undefined;

  static async start(options: LoneMonitorOptions): Promise<LoneMonitor> {
    const lone = new LoneMonitor(options, await openOtlp(options));
    await lone.#start();
    return lone;
  }

  private constructor(options: LoneMonitorOptions, otlp: OtlpOutput | undefined) {
    const { global, otel } = options.configuration;
    this.#options = options;
    this.#otlp = otlp;
    this.#ledger = new Ledger({ stored: undefined, spools: () => otlp?.appended ?? {} });
    this.#pump = new LinePump({
      ...options,
      sources: () => this.#manager.lines,
      spools: otlp?.writers ?? {},
      metricLogs: { write: (blocks) => this.#print(blocks), flush: () => Promise.resolve() },
      ledger: this.#ledger,
    });
    this.#manager = new MonitorsManager({
      ...options,
      createHost: (entry, listener) => this.#createHost(entry, listener),
      jitter: global.sampleIntervalJitter,
      gatherDeadlineMs: otel.isolation.gatherDeadlineMs,
      onReadable: (lines) => this.#pump.onReadable(lines),
      onStarted: (entry, { metrics }) => otlp?.define(moduleOf(entry), metrics),
      onDisabled: () => options.onDead(),
      onFatal: (_entry, end) => {
        this.#end = end;
        options.onDead();
      },
    });
  }

  /** Stops the monitor; prints and delivers what it emitted. */
  async stop(): Promise<LoneMonitorEnd> {
    await this.#manager.stop(GATHER_GRACE_MS);
    await this.#pump.flush();
    await this.#otlp?.whenDelivered(this.#options.deliveryDeadlineMs);
    const troubles = this.#troubles();
    await this.#otlp?.stop(LAST_DELIVERY_MS);
    return { end: this.#end, samples: this.#sampleCounts(), undelivered: this.#undelivered(troubles) };
  }

  async #start(): Promise<void> {
    await this.#otlp?.start((progress) => this.#ledger.progress(progress));
    this.#manager.start([{ ...this.#options.entry, stopAgentOnFailure: true }]);
  }

  async #createHost(entry: MonitorEntry, listener: HostListener): Promise<HostCreation> {
    const { configuration, onSample } = this.#options;
    const { global, otel, agentDataPath } = configuration;
    const cacheFolder = dataPaths(agentDataPath).pluginCache;
    const options = { ...this.#options, global, isolation: otel.isolation, cacheFolder };
    const created = await createMonitorHost(entry, listener, options);
    if (created.kind === 'bad-configuration') return created;
    return { ...created, host: new ObservedHost(created.host, () => onSample(++this.#samples)) };
  }

  #sampleCounts(): LoneMonitorEnd['samples'] {
    const [status] = this.#manager.status;
    return { taken: status?.gathers ?? 0, failed: status?.failures ?? 0 };
  }

  async #print(blocks: readonly LineBlock[]): Promise<void> {
    for (const { text, monitor, count } of blocks) {
      await this.#options.print(text);
      this.#ledger.metricLog(monitor, { written: count, rateLimited: 0, failed: 0 });
    }
  }

  /** What is pending because of `troubles`, and what is lost. What OTLP cannot carry is not missed. */
  #undelivered(troubles: readonly string[]): LoneMonitorEnd['undelivered'] {
    const backends = Object.values(this.#ledger.snapshot().totals.backends);
    const total = (count: (of: BackendBooks) => number): number =>
      backends.reduce((sum, of) => sum + count(of), 0);
    const pending = total((of) => of.pending);
    const lost = total((of) => settledIn(of.settled, LOSSES));
    const losses = formatCounts(LOSSES.map((way) => [way, total(({ settled }) => settled[way] ?? 0)]));
    return {
      count: pending + lost,
      reasons: [...(pending > 0 ? troubles : []), ...(lost > 0 ? [losses] : [])],
    };
  }

  #troubles(): readonly string[] {
    const states = this.#otlp?.progress.map(({ state }) => state) ?? [];
    return [...new Set(states.flatMap((state) => ('reason' in state ? [state.reason] : [])))];
  }
}

async function openOtlp(options: LoneMonitorOptions): Promise<OtlpOutput | undefined> {
  const { configuration, version } = options;
  if (configuration.otel.backends.length === 0) return undefined;
  // Not loaded without need: a monitor without OTLP shall start quickly.
  const { OtlpOutput: Output } = await import('./otlp-output.ts');
  return Output.open({
    ...options,
    paths: dataPaths(configuration.agentDataPath),
    userAgent: `scalyr-otel-bridge/${version}`,
    appendedBefore: {},
  });
}
