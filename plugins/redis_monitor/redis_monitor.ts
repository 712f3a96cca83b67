import { ScalyrMonitor } from 'scalyr-otel-bridge';
import { metrics } from './metrics.ts';
import * as options from './options.ts';
import { readHosts } from './read-hosts.ts';
import { connectRedis, RedisFailure } from './redis-connection.ts';
import { RedisServer } from './redis-server.ts';

/** Asks Redis servers for INFO, for latencies and for what is new in their slow logs. */
export class RedisMonitor extends ScalyrMonitor {
  static override readonly description =
    'Reports the state, the latencies and the slow log of Redis servers.';
  static override readonly configOptions = Object.values(options);
  static override readonly metrics = metrics;

  /** How a server is reached, and a clock in milliseconds: a test takes their place. */
  connect = connectRedis;
  elapsedMs: () => number = () => performance.now();

  readonly #servers = readHosts(this.config.get(options.hosts)).map(
    (address) =>
      new RedisServer({
        address,
        connect: () =>
          this.connect(address, {
            timeoutSecs: this.config.get(options.connectionTimeout),
            signal: this.signal,
          }),
        elapsedMs: () => this.elapsedMs(),
        logger: this.logger,
        wanted: {
          info: this.config.get(options.logInfo),
          latency: this.config.get(options.logLatency),
          replication: this.config.get(options.logClusterReplicationInfo),
          slowLogLines: this.config.get(options.linesToFetch),
        },
        errorIntervalSecs: this.config.get(options.connectionErrorRepeatInterval),
        utf8IntervalSecs: this.config.get(options.utf8WarningInterval),
      }),
  );

  override async gatherSample(): Promise<void> {
    await Promise.all(this.#servers.map((server) => this.#sample(server)));
  }

  async #sample(server: RedisServer): Promise<void> {
    try {
      await server.sample();
    } catch (error) {
      if (!(error instanceof RedisFailure)) throw error;
      if (this.signal.aborted) return;
      this.logger.error(`Cannot watch Redis at "${server.name}": ${error.message}`, {
        limitOncePerSecs: this.config.get(options.connectionErrorRepeatInterval),
        limitKey: `connection ${server.name}`,
      });
    }
  }
}
