import { mkdir } from 'node:fs/promises';
import type { Clock } from '../clock/clock.ts';
import type { Configuration, MonitorEntry } from '../config/configuration.ts';
import type { Environment } from '../host/guest-environment.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { readLedger } from '../ledger/ledger-file.ts';
import type { Logger } from '../log/logger.ts';
import { MetricLogs } from '../metric-log/metric-logs.ts';
import { LinePump } from '../pump/line-pump.ts';
import type { SelfMetrics } from '../otlp/self-metrics.ts';
import type { FatalEnd } from '../scheduler/monitor-supervisor.ts';
import { MonitorsManager } from '../scheduler/monitors-manager.ts';
import { lockDataFolder } from '../spool/data-lock.ts';
import type { DataLock } from '../spool/data-lock.ts';
import type { StatusSnapshot } from '../status/status-snapshot.ts';
import { Bookkeeper } from './bookkeeper.ts';
import { createMonitorHost } from './create-monitor-host.ts';
import { crowdedModules, moduleOf } from './crowded-modules.ts';
import { dataPaths } from './data-paths.ts';
import type { DataPaths } from './data-paths.ts';
import { OtlpOutput } from './otlp-output.ts';
import { watchItself } from './watch-itself.ts';
import { withFolder } from './with-folder.ts';

export interface AgentOptions {
  readonly configuration: Configuration;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** Of this package. */
  readonly version: string;
  readonly pid: number;
  /** A monitor with `stop_agent_on_failure` died: the collector shall stop, and say that it failed. */
  readonly onFatal: (monitor: string, end: FatalEnd) => void;
}

/** What gathers in progress have to finish in, all together. */
const GATHER_GRACE_MS = 5000;
/** What the last delivery may take. */
const LAST_DELIVERY_MS = 5000;

/**
 * The collector: puts the parts together, starts them in the order in which they need each other, and stops them in the
 * order in which the lines flow.
 */
export class Agent {
  readonly #options: AgentOptions;
  readonly #lock: DataLock;
  readonly #ledger: Ledger;
  readonly #bookkeeper: Bookkeeper;
  readonly #otlp: OtlpOutput | undefined;
  readonly #metricLogs: MetricLogs;
  readonly #pump: LinePump;
  readonly #manager: MonitorsManager;
  readonly #startedAtMs: number;
  #files: readonly string[];
  #crowded: ReadonlySet<string>;
  #selfMetrics: SelfMetrics | undefined;
  #stopped: Promise<void> | undefined;

  /**
   * Starts the collector. Rejects, with everything let go again, when its folders cannot be used: another collector has
   * them, they cannot be written, or a later version wrote the spool.
   */
  static async start(options: AgentOptions): Promise<Agent> {
    const { agentDataPath, agentLogPath } = options.configuration;
    await withFolder({ path: agentLogPath, option: 'agent_log_path' }, (folder) =>
      mkdir(folder, { recursive: true, mode: 0o750 }),
    );
    const lock = await withFolder({ path: agentDataPath, option: 'agent_data_path' }, (folder) =>
      lockDataFolder(folder),
    );
    const agent = await Agent.#open(options, lock).catch(async (error: unknown) => {
      await lock.release();
      throw error;
    });
    try {
      await agent.#start();
      return agent;
    } catch (error) {
      await agent.stop();
      throw error;
    }
  }

  static async #open(options: AgentOptions, lock: DataLock): Promise<Agent> {
    const { configuration } = options;
    const paths = dataPaths(configuration.agentDataPath);
    const stored = await readLedger(paths.ledger, options.logger);
    const otlp =
      configuration.otel.backends.length === 0
        ? undefined
        : await OtlpOutput.open({
            ...options,
            paths,
            appendedBefore: stored?.appended ?? {},
            userAgent: userAgent(options),
          });
    const ledger = new Ledger({ stored, spools: () => otlp?.appended ?? {} });
    return new Agent(options, { paths, lock, ledger, otlp });
  }

  private constructor(options: AgentOptions, opened: Opened) {
    const { configuration } = options;
    const { global, otel } = configuration;
    this.#options = options;
    this.#files = configuration.files;
    this.#crowded = crowdedModules(configuration.monitors, otel.isolation.shareAbove);
    this.#lock = opened.lock;
    this.#ledger = opened.ledger;
    this.#bookkeeper = new Bookkeeper({
      ...options,
      paths: opened.paths,
      ledger: () => this.#ledger.toStored(),
      status: () => this.status,
    });
    this.#otlp = opened.otlp;
    this.#startedAtMs = options.clock.now();
    this.#metricLogs = new MetricLogs({
      ...options,
      agentLogPath: configuration.agentLogPath,
      rotation: { maxBytes: global.logRotationMaxBytes, backupCount: global.logRotationBackupCount },
      ledger: this.#ledger,
    });
    this.#pump = new LinePump({
      ...options,
      sources: () => this.#manager.lines,
      spools: this.#otlp?.writers ?? {},
      metricLogs: this.#metricLogs,
      ledger: this.#ledger,
    });
    const hosts = { ...options, global, isolation: otel.isolation, cacheFolder: opened.paths.pluginCache };
    this.#manager = new MonitorsManager({
      ...options,
      createHost: (entry, listener) =>
        createMonitorHost(entry, listener, { ...hosts, crowded: this.#crowded }),
      jitter: global.sampleIntervalJitter,
      gatherDeadlineMs: otel.isolation.gatherDeadlineMs,
      onReadable: (lines) => this.#pump.onReadable(lines),
      onStarted: (entry, description) => this.#monitorStarted(entry, description),
      onFatal: (entry, end) => options.onFatal(entry.name, end),
    });
  }

  /** The books, now. */
  get ledger(): LedgerSnapshot {
    return this.#ledger.snapshot();
  }

  get status(): StatusSnapshot {
    const { version, pid, clock } = this.#options;
    return {
      version,
      pid,
      startedAtMs: this.#startedAtMs,
      takenAtMs: clock.now(),
      files: this.#files,
      monitors: this.#manager.status,
      deliveries: (this.#otlp?.progress ?? []).map(({ backend, signal, state }) => ({
        backend,
        signal,
        state,
      })),
      spoolBytes: this.#otlp?.sizeBytes ?? 0,
      ledger: this.#ledger.snapshot(),
    };
  }

  /** Goes over to other monitors; all else has to be as in the configuration that the collector was started with. */
  async apply(next: Configuration, options: { readonly retryParked: boolean }): Promise<void> {
    this.#files = next.files;
    this.#crowded = crowdedModules(next.monitors, next.otel.isolation.shareAbove);
    await this.#manager.apply(next.monitors, options);
  }

  /**
   * Stops scheduling, lets gathers finish, writes what was emitted, tries one last delivery, and lets go of everything.
   * What is undelivered stays in the spool. Safe to call twice.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #start(): Promise<void> {
    await this.#otlp?.start((progress) => this.#ledger.progress(progress));
    this.#manager.start(this.#options.configuration.monitors);
    this.#bookkeeper.start();
    this.#selfMetrics = await watchItself({
      ...this.#options,
      userAgent: userAgent(this.#options),
      status: () => this.status,
    });
  }

  async #stop(): Promise<void> {
    try {
      await this.#manager.stop(GATHER_GRACE_MS);
      await this.#pump.flush();
      await Promise.all([this.#otlp?.stop(LAST_DELIVERY_MS), this.#selfMetrics?.stop(LAST_DELIVERY_MS)]);
      await this.#metricLogs.close();
    } finally {
      await this.#bookkeeper.stop();
      await this.#lock.release();
    }
  }

  #monitorStarted(entry: MonitorEntry, description: MonitorDescription): void {
    this.#metricLogs.register(entry.name, description.metricLog);
    this.#otlp?.define(moduleOf(entry), description.metrics);
  }
}

interface Opened {
  readonly paths: DataPaths;
  readonly lock: DataLock;
  readonly ledger: Ledger;
  readonly otlp: OtlpOutput | undefined;
}

function userAgent({ version }: AgentOptions): string {
  return `scalyr-otel-bridge/${version}`;
}
