import { BadMonitorConfiguration, HttpFailure, httpRequest, ScalyrMonitor } from 'scalyr-otel-bridge';
import { makeContainerFilter } from './container-filter.ts';
import { DockerEngine, isApiVersion } from './docker-engine.ts';
import { findSocket } from './find-socket.ts';
import { inParallel } from './in-parallel.ts';
import { logOptions } from './log-options.ts';
import { metrics } from './metrics.ts';
import * as options from './options.ts';
import type { Container } from './parse-containers.ts';
import { parseStats } from './parse-stats.ts';
import type { ContainerValue } from './parse-stats.ts';

/** Seconds that must pass before the same trouble is reported again. */
const COMPLAIN_EVERY_SECS = 300;

/** What became of asking for one container; one that is gone has no values. */
type Outcome =
  | { readonly kind: 'read'; readonly values: readonly ContainerValue[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Asks a Docker engine for the statistics of its containers. */
export class DockerMonitor extends ScalyrMonitor {
  static override readonly description = 'Reports network, processor and memory of Docker containers.';
  static override readonly configOptions = [
    options.apiSocket,
    options.apiVersion,
    options.containerGlobs,
    options.containerGlobsExclude,
    options.containerName,
    options.maxParallelStats,
    options.percpuMetrics,
    options.reportContainerMetrics,
    options.metricsOnly,
    options.timeout,
    ...logOptions,
  ];
  static override readonly metrics = metrics;

  /** Where Docker makes its socket, how a request is sent, a clock in milliseconds: a test takes their place. */
  usualSocket = '/var/run/docker.sock';
  request = httpRequest;
  elapsedMs: () => number = () => performance.now();

  readonly #isWanted = makeContainerFilter(this.config);
  #engine: DockerEngine | undefined;
  #socket = this.config.get(options.apiSocket);

  override initialize(): void {
    const version = this.config.get(options.apiVersion);
    if (version !== 'auto' && !isApiVersion(version)) {
      throw new BadMonitorConfiguration(
        `Cannot use "${version}" for field "${options.apiVersion.name}": wanted "auto" or a version as "1.44"`,
        options.apiVersion.name,
      );
    }
    if (this.config.get(options.metricsOnly)) return;
    this.disabled = !this.config.get(options.reportContainerMetrics);
    this.logger.info(
      'Logs of containers are not collected here: leave them to a log shipper, and set metrics_only to true',
    );
  }

  override async gatherSample(): Promise<void> {
    try {
      const engine = this.#findEngine();
      const containers = (await engine.containers()).filter(({ name }) => this.#isWanted(name));
      const outcomes = await this.#readAll(engine, containers);
      if (!this.signal.aborted) this.#report(containers, outcomes);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      this.#engine = undefined;
      this.#complain(error.message, 'engine');
    }
  }

  /** The engine is found anew after a failure: it may have another version then, or another socket. */
  #findEngine(): DockerEngine {
    if (this.#engine !== undefined) return this.#engine;
    const socketPath = findSocket(this.config.get(options.apiSocket), this.usualSocket);
    if (socketPath !== this.#socket) {
      this.logger.info(`"${this.#socket}" is not there: containers are watched through "${socketPath}"`);
      this.#socket = socketPath;
    }
    this.#engine = new DockerEngine({
      socketPath,
      apiVersion: this.config.get(options.apiVersion),
      timeoutSecs: this.config.get(options.timeout),
      signal: this.signal,
      request: this.request,
    });
    return this.#engine;
  }

  async #readAll(engine: DockerEngine, containers: readonly Container[]): Promise<Outcome[]> {
    const timeoutSecs = this.config.get(options.timeout);
    const lastMs = this.elapsedMs() + timeoutSecs * 1000;
    return inParallel(containers, this.config.get(options.maxParallelStats), async ({ id }) => {
      if (this.elapsedMs() > lastMs) {
        return { kind: 'failed', reason: `its turn did not come within ${timeoutSecs} s` };
      }
      return this.#read(engine, id);
    });
  }

  async #read(engine: DockerEngine, id: string): Promise<Outcome> {
    try {
      const stats = await engine.stats(id);
      if (stats === undefined) return { kind: 'read', values: [] };
      const values = parseStats(stats, { perCpu: this.config.get(options.percpuMetrics) });
      if (values === undefined)
        return { kind: 'failed', reason: 'the answer of the engine holds no statistics' };
      return { kind: 'read', values };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { kind: 'failed', reason: error.message };
    }
  }

  #report(containers: readonly Container[], outcomes: readonly Outcome[]): void {
    const failures: string[] = [];
    containers.forEach(({ name }, index) => {
      const outcome = outcomes[index];
      if (outcome?.kind === 'read') this.#emit(name, outcome.values);
      if (outcome?.kind === 'failed') failures.push(`"${name}": ${outcome.reason}`);
    });
    if (failures[0] === undefined) return;
    const count = `${failures.length} of ${containers.length} containers`;
    this.#complain(`Cannot watch ${count}, the first is ${failures[0]}`, 'containers');
  }

  #emit(container: string, values: readonly ContainerValue[]): void {
    for (const { metric, value, fields } of values) {
      this.logger.emitValue(metric, value, { ...fields, container }, { monitorId: container });
    }
  }

  #complain(message: string, limitKey: string): void {
    if (this.signal.aborted) return;
    this.logger.error(message, { limitOncePerSecs: COMPLAIN_EVERY_SECS, limitKey });
  }
}
