import { BadMonitorConfiguration, Float, ScalyrMonitor, unlimitedMetricLog } from 'scalyr-otel-bridge';
import { DroppedInput } from './dropped-input.ts';
import { Listener } from './listener.ts';
import type { ListenerSetup } from './listener.ts';
import type { Metric } from './metric.ts';
import * as options from './options.ts';
import { parsePickle } from './parse-pickle.ts';
import type { BadMember } from './parse-pickle.ts';
import { parsePlaintext } from './parse-plaintext.ts';
import { PickleFailure } from './pickle-failure.ts';
import { LineRequests, PickleRequests } from './requests.ts';

/** Seconds between two warnings of the same kind. */
const WARN_EVERY_SECS = 60;

/** What senders give as the time when they mean now. */
const NOW = -1;

/** Listens for metrics that are sent to Graphite, in its plaintext and in its pickle protocol. */
export class GraphiteMonitor extends ScalyrMonitor {
  static override readonly description = 'Accepts metrics that are sent in the protocols of Graphite.';
  static override readonly configOptions = [...Object.values(options), ...unlimitedMetricLog];

  /** Told on which ports it listens; another function in tests. */
  onListening: (ports: readonly number[]) => void = () => {};
  /** Milliseconds since the Unix epoch; another function in tests. */
  now: () => number = () => Date.now();

  readonly #dropped = new DroppedInput({
    warn: (message, kind) => this.logger.warn(message, { errorCode: `graphite_monitor/${kind}` }),
    everySecs: WARN_EVERY_SECS,
  });
  readonly #useOriginalTime = this.config.get(options.useOriginalTime);

  override initialize(): void {
    const { config } = this;
    const hasPlaintext = config.get(options.acceptPlaintext);
    const hasPickle = config.get(options.acceptPickle);
    if (!hasPlaintext && !hasPickle) {
      throw new BadMonitorConfiguration(
        'Cannot listen for Graphite: both protocols are switched off; set "accept_plaintext" or "accept_pickle" to true',
        options.acceptPlaintext.name,
      );
    }
    const port = config.get(options.picklePort);
    if (hasPlaintext && hasPickle && port !== 0 && port === config.get(options.plaintextPort)) {
      throw new BadMonitorConfiguration(
        `Cannot listen for two protocols on port ${port}: "plaintext_port" and "pickle_port" have to differ`,
        options.picklePort.name,
      );
    }
  }

  override async run(): Promise<void> {
    const listeners = this.#makeListeners();
    const listening: Listener[] = [];
    try {
      const ports: number[] = [];
      for (const listener of listeners) {
        ports.push(await listener.listen());
        listening.push(listener);
      }
      this.onListening(ports);
      await this.sleep(Infinity);
    } finally {
      await Promise.all(listening.map((listener) => listener.close()));
      this.#dropped.close();
    }
  }

  /** For plaintext first. */
  #makeListeners(): Listener[] {
    const { config } = this;
    const maxBytes = config.get(options.maxRequestSize);
    const listeners: Listener[] = [];
    if (config.get(options.acceptPlaintext)) {
      listeners.push(
        this.#makeListener(
          options.plaintextPort,
          (peer) => new LineRequests(maxBytes, (line) => this.#takeLine(line, peer)),
        ),
      );
    }
    if (config.get(options.acceptPickle)) {
      listeners.push(
        this.#makeListener(
          options.picklePort,
          (peer) => new PickleRequests(maxBytes, (pickle) => this.#takePickle(pickle, peer)),
        ),
      );
    }
    return listeners;
  }

  #makeListener(port: typeof options.picklePort, makeRequests: ListenerSetup['makeRequests']): Listener {
    const { config } = this;
    return new Listener({
      port: config.get(port),
      portOption: port.name,
      isLocal: config.get(options.onlyAcceptLocal),
      maxConnections: config.get(options.maxConnections),
      idleSecs: config.get(options.maxConnectionIdleTime),
      makeRequests,
      dropped: this.#dropped,
    });
  }

  #takeLine(line: string, peer: string): void {
    const metric = parsePlaintext(line);
    if (metric !== undefined) {
      this.#emit(metric, peer);
    } else if (line.trim() !== '') {
      this.#dropped.add(
        'badPlainTextLine',
        () =>
          `Ignored a line from ${peer}: found ${shortened(line)}, wanted a name, a value and a time, as in ` +
          '"app.requests 42 1700000000"; correct the sender',
      );
    }
  }

  #takePickle(pickle: Buffer, peer: string): void {
    try {
      for (const member of parsePickle(pickle)) {
        if ('show' in member) this.#dropMember(member, peer);
        else this.#emit(member, peer);
      }
    } catch (error) {
      if (!(error instanceof PickleFailure)) throw error;
      this.#dropped.add(
        'badPickle',
        () => `Ignored a pickle from ${peer}: ${error.message}; correct the sender, or the port it sends to`,
      );
    }
  }

  #dropMember({ show }: BadMember, peer: string): void {
    this.#dropped.add(
      'badPickledMetric',
      () =>
        `Ignored a metric in a pickle from ${peer}: found ${show()}, wanted (name, (time, value)), as in ` +
        "('app.requests', (1700000000, 42)); correct the sender",
    );
  }

  #emit({ name, value, timeSecs }: Metric, peer: string): void {
    try {
      if (!this.#useOriginalTime) {
        const time = timeSecs === NOW ? this.now() / 1000 : timeSecs;
        this.logger.emitValue(name, new Float(value), { orig_time: new Float(time) });
        return;
      }
      const timestamp = timeSecs === NOW ? undefined : timeSecs * 1000;
      this.logger.emitValue(name, new Float(value), undefined, { timestamp });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#dropped.add(
        'impossibleTime',
        () => `Ignored a value of "${name}" from ${peer}: ${error.message}; correct the sender`,
      );
    }
  }
}

function shortened(line: string): string {
  return JSON.stringify(line.length > 100 ? `${line.slice(0, 100)}…` : line);
}
