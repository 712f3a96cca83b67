import { Losses, MAX_BACKUP_COUNT, ScalyrMonitor, unlimitedMetricLog } from 'scalyr-otel-bridge';
import { checkOptions } from './check-options.ts';
import { LARGEST_MESSAGE } from './frame-reader.ts';
import { Intake } from './intake.ts';
import { addressesOf, listen } from './listen.ts';
import type { Address, Listener, ListenSettings } from './listener.ts';
import { listenFailure } from './listen-failure.ts';
import { lossTexts } from './loss-texts.ts';
import { metrics } from './metrics.ts';
import * as options from './options.ts';
import { readProtocols } from './read-protocols.ts';

const RETRY_SECS = 10;
const REPORT_SECS = 60;
const REPEAT_ERROR_SECS = 300;

/** Receives syslog messages and writes each of them to a metric log. */
export class SyslogMonitor extends ScalyrMonitor {
  static override readonly description = 'Receives syslog messages over TCP and UDP.';
  static override readonly configOptions = [...Object.values(options), ...unlimitedMetricLog];
  static override readonly metrics = metrics;

  /** How a port is opened: a test takes its place. */
  listen = listen;

  readonly #endpoints = readProtocols(this.config.get(options.protocols));
  readonly #losses = new Losses(lossTexts);
  readonly #listeners = new Set<Listener>();

  override initialize(): void {
    const { config } = this;
    checkOptions(config);
    this.logConfig = { path: config.get(options.messageLog) };
    this.logFlushDelaySecs =
      config.get('monitor_log_flush_delay', { convertTo: 'float' }) ?? config.get(options.logFlushDelay);
    this.logRotationMaxBytes = config.get(options.maxLogSize) ?? this.logRotationMaxBytes;
    const rotations = config.get(options.maxLogRotations);
    if (rotations !== undefined) this.logRotationBackupCount = rotations || MAX_BACKUP_COUNT;
  }

  override async run(): Promise<void> {
    const parses = this.config.get(options.parseMessages);
    const intake = new Intake({ logger: this.logger, parses, losses: this.#losses });
    const remote = this.config.get(options.acceptRemoteConnections);
    const addresses = this.#endpoints.flatMap((endpoint) => addressesOf(endpoint, { remote }));
    await Promise.all([...addresses.map((address) => this.#serve(address, intake)), this.#report()]);
    this.#tellLosses();
  }

  /** Keeps a port open until the monitor is stopped. */
  async #serve(address: Address, intake: Intake): Promise<void> {
    while (!this.signal.aborted) {
      try {
        const listener = await this.listen(address, this.#listenSettings(), intake);
        this.logger.info(`Listening on ${address.protocol} port ${listener.port} of ${address.host}`);
        this.#listeners.add(listener);
        await listener.closed.finally(() => this.#listeners.delete(listener));
      } catch (error) {
        const failure = listenFailure(address, error);
        if (failure === undefined) return;
        this.logger.error(failure, {
          limitOncePerSecs: REPEAT_ERROR_SECS,
          limitKey: `${address.protocol} ${address.host} ${address.port}`,
        });
      }
      await this.sleep(RETRY_SECS);
    }
  }

  async #report(): Promise<void> {
    while (!(await this.sleep(REPORT_SECS))) this.#tellLosses();
  }

  #tellLosses(): void {
    for (const listener of this.#listeners) listener.countDrops?.();
    for (const text of this.#losses.tell()) this.logger.warn(text);
  }

  #listenSettings(): ListenSettings {
    const { config } = this;
    return {
      signal: this.signal,
      delimiter: config.get(options.tcpMessageDelimiter),
      maxMessageBytes: config.get(options.messageSizeCanExceedTcpBuffer)
        ? LARGEST_MESSAGE
        : config.get(options.tcpBufferSize),
      readsLengths: config.get(options.tcpRequestParser) === 'default',
      incompleteSecs: config.get(options.tcpIncompleteFrameTimeout),
      idleSecs: config.get(options.tcpIdleTimeout),
      maxConnections: config.get(options.tcpMaxConnections),
      udpReceiveBuffer: config.get(options.udpReceiveBuffer),
    };
  }
}
