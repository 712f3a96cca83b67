import { inspect } from 'node:util';
import { encodeValue } from '../metric-line/encode-value.ts';
import { Float } from '../metric-line/float.ts';
import { formatLine, formatTextLine } from '../metric-line/format-line.ts';
import type { NameFixed, Sample } from '../metric-line/format-line.ts';
import type { Signal } from '../metric-line/line-block.ts';
import { legalName } from '../metric-line/metric-name.ts';
import type { ExtraFields, MetricValue } from '../metric-line/metric-value.ts';
import { parseLine } from '../metric-line/parse-line.ts';
import { signalOf } from '../metric-line/parsed-line.ts';
import type { LineValue } from '../metric-line/parsed-line.ts';
import { UnsupportedValueType } from '../metric-line/unsupported-value-type.ts';
import type { DiagnosticMessage, MonitorContext } from './monitor-context.ts';
import { OnceLimit } from './once-limit.ts';
import { RateMetrics } from './rate-metrics.ts';

/** How a message is logged. */
export interface LogOptions {
  /** What went wrong; its stack and its causes are logged with the message. */
  readonly error?: unknown;
  /** A word to search for, as `client/badMetricName`. */
  readonly errorCode?: string;
  /** Log messages of the same `limitKey` at most once in so many seconds. One needs the other. */
  readonly limitOncePerSecs?: number;
  readonly limitKey?: string;
  /**
   * Write the message to the metric log, as it is, instead of the diagnostic log. One that reads as a value,
   * `requests 512 host="web-1"`, is a value: metric_name_blacklist and calculate_rate_metric_names hold for it too.
   */
  readonly emitToMetricLog?: boolean;
}

/** How a value is emitted. */
export interface EmitOptions {
  /** Time of the value in milliseconds since the Unix epoch, fractions cut off; without it, or 0: now. */
  readonly timestamp?: number | undefined;
  /** What stands in the brackets of the line instead of the monitor's id. */
  readonly monitorId?: string | undefined;
}

/** What a logger needs of its monitor. */
export interface LoggerSetup {
  readonly context: Pick<MonitorContext, 'debugLevel' | 'now' | 'writeLine' | 'writeDiagnostic'>;
  /** Last part of the monitor's module. */
  readonly monitor: string;
  readonly id: string;
  /** Metrics, by the name they are written under, that are not written. */
  readonly metricNameBlacklist: readonly string[];
  /** Entries of calculate_rate_metric_names, those for other monitors included. */
  readonly rateMetricNames: readonly string[];
}

const DAY_SECS = 86_400;

/** In an id, it would end the header of a line before its time. */
const ENDS_HEADER = /\)\] |\n/;

/**
 * The way out of a monitor: values to the metric log and to OTLP, messages to the collector's own log.
 *
 *     this.logger.emitValue('requests', 512, { host: 'web-1' });
 *     this.logger.warn('The server answers slowly', { limitOncePerSecs: 300, limitKey: 'slow' });
 *     this.logger.error('Cannot reach the server', { error, errorCode: 'client/unreachable' });
 */
export class MonitorLogger {
  readonly #setup: LoggerSetup;
  readonly #blacklist: ReadonlySet<string>;
  readonly #rates: RateMetrics;
  readonly #messageLimit = new OnceLimit();
  readonly #ownLimit = new OnceLimit();
  readonly #onNameFixed: NameFixed = (kind, given, written) => {
    this.#warnOfName(kind, given, written);
  };

  constructor(setup: LoggerSetup) {
    this.#setup = setup;
    this.#blacklist = new Set(setup.metricNameBlacklist);
    this.#rates = new RateMetrics(setup.monitor, setup.rateMetricNames);
    for (const entry of this.#rates.malformed) {
      this.warn(
        `Ignored "${entry}" in calculate_rate_metric_names: wanted "module:metric" or "module:metric:field=value"`,
      );
    }
  }

  /** Logged when the collector's debug_level is at least 1. */
  debug(message: string, options?: LogOptions): void {
    if (this.#setup.context.debugLevel >= 1) this.#log('debug', message, options);
  }

  info(message: string, options?: LogOptions): void {
    this.#log('info', message, options);
  }

  warn(message: string, options?: LogOptions): void {
    this.#log('warn', message, options);
  }

  error(message: string, options?: LogOptions): void {
    this.#log('error', message, options);
  }

  /**
   * Writes a value as a metric line, with its extra fields. A name that is not legal is changed to one that is, and a
   * warning says so once a day. Blocks while the way out is full. Throws UnsupportedValueType when the name is no string
   * or a value is none of string, number, bigint, boolean and Float, and RangeError or TypeError for an impossible time;
   * then nothing is written.
   *
   * A whole `number` is written as `5`, `new Float(5)` as `5.0`, NaN and the infinities as `null`.
   */
  emitValue(name: string, value: MetricValue, extraFields?: ExtraFields, options: EmitOptions = {}): void {
    if (this.#isBlacklisted(name, value)) return;
    const { monitor, id } = this.#setup;
    const sample: Sample = {
      timeMs: this.#timeOf(options.timestamp),
      monitor,
      id: options.monitorId ?? id,
      name,
      value,
      fields: extraFields,
    };
    this.#writeSample(sample);
    if (!this.#rates.isEmpty) this.#writeRate(sample);
  }

  #writeSample(sample: Sample): void {
    const line = formatLine(sample, this.#onNameFixed);
    this.#setup.context.writeLine(line, signalOfSample(sample, line));
  }

  #writeRate(sample: Sample): void {
    const name = legalName(sample.name);
    const rate = this.#rates.observe({ ...sample, name });
    const rateName = `${name}_rate`;
    if (rate === undefined || this.#isBlacklisted(rateName, rate)) return;
    this.#writeSample({ ...sample, name: rateName, value: rate });
  }

  /** The list holds names as they are written; a value that could not be written is an error all the same. */
  #isBlacklisted(given: string, value: MetricValue): boolean {
    if (this.#blacklist.size === 0 || typeof given !== 'string') return false;
    const name = legalName(given);
    if (!this.#blacklist.has(name)) return false;
    if (encodeValue(value) === undefined) throw UnsupportedValueType.ofValue('metric', name, value);
    return this.#isBlacklistedName(name);
  }

  #isBlacklistedName(name: string): boolean {
    if (!this.#blacklist.has(name)) return false;
    if (this.#isFirstOfDay(`blacklisted ${name}`)) {
      this.info(`Metric "${name}" is in metric_name_blacklist: its values are not written`);
    }
    return true;
  }

  #warnOfName(kind: 'metric' | 'field', given: string, written: string): void {
    if (!this.#isFirstOfDay(kind)) return;
    // Whoever sends to a monitor may have chosen the name: a line break in it must not begin a message of its own.
    this.warn(
      `Invalid ${kind} name ${JSON.stringify(given)}: written as "${written}". A name starts with a letter or "_", ` +
        'holds letters, digits, ".", "_" and "-", and is not one of logfile, monitor, metric, value, instance, severity. ' +
        `Other ${kind} names may be invalid too, only the first of a day is reported`,
      { errorCode: kind === 'metric' ? 'client/badMetricName' : 'client/badFieldName' },
    );
  }

  #isFirstOfDay(key: string): boolean {
    return this.#ownLimit.allows(key, { secs: DAY_SECS, nowMs: this.#setup.context.now() });
  }

  #timeOf(timestamp: number | undefined): number {
    if (timestamp !== undefined && typeof timestamp !== 'number') {
      throw new TypeError(
        `Cannot emit a value with the timestamp "${String(timestamp)}": wanted a number, milliseconds`,
      );
    }
    return timestamp || this.#setup.context.now();
  }

  #log(level: DiagnosticMessage['level'], message: string, options: LogOptions = {}): void {
    const { context } = this.#setup;
    const timeMs = context.now();
    if (!this.#allows(options, timeMs)) return;
    if (options.emitToMetricLog) {
      this.#writeText(message, timeMs);
      return;
    }
    context.writeDiagnostic({
      level,
      message,
      timeMs,
      ...(options.errorCode !== undefined && { errorCode: options.errorCode }),
      ...(options.error !== undefined && { stack: stackOf(options.error) }),
    });
  }

  #writeText(text: string, timeMs: number): void {
    const { context, monitor, id } = this.#setup;
    const line = formatTextLine({ timeMs, monitor, id }, text);
    const parsed = parseLine(line);
    const metric = parsed?.metric;
    if (metric !== undefined && this.#isBlacklistedName(metric.name)) return;
    context.writeLine(line, signalOf(parsed));
    if (metric === undefined || this.#rates.isEmpty) return;
    const fields = Object.fromEntries(metric.fields.map((field) => [field.name, emittedValue(field)]));
    const { name } = metric;
    this.#writeRate({ timeMs, monitor, id, name, value: emittedValue(metric.value), fields });
  }

  #allows({ limitOncePerSecs, limitKey }: LogOptions, nowMs: number): boolean {
    if (limitOncePerSecs === undefined && limitKey === undefined) return true;
    if (limitKey === undefined) {
      throw new Error(
        'Cannot limit a message: limitOncePerSecs needs a limitKey, which messages of one kind share',
      );
    }
    if (limitOncePerSecs === undefined) {
      throw new Error(`Cannot limit messages of "${limitKey}": limitKey needs limitOncePerSecs`);
    }
    return this.#messageLimit.allows(limitKey, { secs: limitOncePerSecs, nowMs });
  }
}

/** What parsing the line would say; it is parsed only where the id makes that doubtful. */
function signalOfSample({ monitor, id, value }: Sample, line: string): Signal {
  if (ENDS_HEADER.test(id) || ENDS_HEADER.test(monitor)) return signalOf(parseLine(line));
  return typeof value === 'string' ? 'logs' : 'metrics';
}

/** The value that a monitor would have emitted to get this line. */
function emittedValue({ kind, text }: LineValue): MetricValue {
  if (kind === 'string') return text;
  if (kind === 'bool') return text === 'true';
  if (kind === 'int') return BigInt(text);
  return new Float(kind === 'null' ? Number.NaN : Number(text));
}

/** An error with its causes; anything else that was thrown as it is shown. */
function stackOf(error: unknown): string {
  try {
    return inspect(error, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000 });
  } catch {
    return 'an error that cannot be shown';
  }
}
