import { BadMonitorConfiguration, ScalyrMonitor } from 'scalyr-otel-bridge';
import { LARGEST_MESSAGE } from './frame-reader.ts';
import { Intake } from './intake.ts';
import { addressesOf, listen } from './listen.ts';
import type { Address, Listener, ListenSettings } from './listen.ts';
import { listenFailure } from './listen-failure.ts';
import { Losses } from './losses.ts';
import { metrics } from './metrics.ts';
import * as options from './options.ts';
import { readProtocols } from './read-protocols.ts';

const RETRY_SECS = 10;
const REPORT_SECS = 60;
const REPEAT_ERROR_SECS = 300;

/** Receives syslog messages and writes each of them to a metric log. */
export class SyslogMonitor extends ScalyrMonitor {
  static override readonly description = 'Receives syslog messages over TCP and UDP.';
  static override readonly configOptions = Object.values(options);
  static override readonly metrics = metrics;

  /** How a port is opened: a test takes its place. */
  listen = listen;

  readonly #endpoints = readProtocols(this.config.get(options.protocols));
  readonly #losses = new Losses();
  readonly #listeners = new Set<Listener>();

  override initialize(): void {
    this.#checkMode();
    this.#checkFraming();
    const attributes = { parser: this.config.get(options.parser) };
    this.logConfig = { path: this.config.get(options.messageLog), attributes };
    // What others send comes at their rate: the limit that guards a log of metrics would cut it off.
    if (!this.config.has('monitor_log_write_rate')) this.logWriteRate = -1;
    if (!this.config.has('monitor_log_max_write_burst')) this.logMaxWriteBurst = -1;
    this.logRotationMaxBytes = this.config.get(options.maxLogSize) ?? this.logRotationMaxBytes;
    this.logRotationBackupCount = this.config.get(options.maxLogRotations) ?? this.logRotationBackupCount;
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
        await listener.closed;
        this.#listeners.delete(listener);
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
      delimiter: config.get(options.messageDelimiter),
      maxMessageBytes: config.get(options.messageSizeCanExceedTcpBuffer)
        ? LARGEST_MESSAGE
        : config.get(options.tcpBufferSize),
      readsLengths: config.get(options.tcpRequestParser) === 'default',
      incompleteSecs: config.get(options.tcpIncompleteMessageTimeout),
      idleSecs: config.get(options.tcpIdleTimeout),
      maxConnections: config.get(options.tcpMaxConnections),
      udpReceiveBuffer: config.get(options.udpReceiveBuffer),
    };
  }

  #checkMode(): void {
    const mode = this.config.get(options.mode);
    if (mode === 'syslog') return;
    throw new BadMonitorConfiguration(
      `Cannot use "${mode}" for field "mode": wanted "syslog". To collect the logs of containers, let the container engine ` +
        'send them here with its syslog driver, and leave "mode" and the "docker_" fields out',
      'mode',
    );
  }

  #checkFraming(): void {
    const parser = this.config.get(options.tcpRequestParser);
    if (!['default', 'raw', 'batch'].includes(parser)) {
      throw new BadMonitorConfiguration(
        `Cannot use "${parser}" for field "tcp_request_parser": wanted "default", "raw" or "batch"`,
        'tcp_request_parser',
      );
    }
    const { length } = this.config.get(options.messageDelimiter);
    if (length === 0 || length > 16) {
      throw new BadMonitorConfiguration(
        `Cannot use a text of ${length} characters for field "message_delimiter": wanted 1 to 16, as "\\n"`,
        'message_delimiter',
      );
    }
  }
}
