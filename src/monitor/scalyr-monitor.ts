import { setMaxListeners } from 'node:events';
import type { MetricDefinition, MonitorDescription } from './monitor-description.ts';
import { checkDescription, MAX_BACKUP_COUNT } from './check-description.ts';
import type { ConfigOption } from './config-option.ts';
import type { DeclaredLogField } from './define-log-field.ts';
import type { DeclaredMetric } from './define-metric.ts';
import { MonitorConfig } from './monitor-config.ts';
import type { MonitorContext } from './monitor-context.ts';
import { MonitorLogger } from './monitor-logger.ts';
import { sleep } from './sleep.ts';

/** The same in every copy of the package, so that a plugin with a copy of its own is recognised. */
const MONITOR = Symbol.for('scalyr-otel-bridge.monitor');

/** Where a monitor's lines go. */
export interface LogConfig {
  /** Relative to agent_log_path unless absolute. */
  readonly path: string;
  /** Other settings of Scalyr's log_config, which the collector leaves alone. */
  readonly [setting: string]: unknown;
}

/**
 * Base class of all monitors. A plugin is a module that exports one class which extends it:
 *
 *     export class Uptime extends ScalyrMonitor {
 *       static override readonly description = 'Reports how long the machine has been up.';
 *
 *       override gatherSample(): void {
 *         this.logger.emitValue('uptime', os.uptime());
 *       }
 *     }
 *
 * Each instance lives alone in a thread or process of its own. What a method throws is logged and does not end the
 * monitor, except from initialize(), where a BadMonitorConfiguration says that the entry is wrong.
 */
export abstract class ScalyrMonitor {
  static readonly [MONITOR] = true;

  /** What the monitor measures, in one sentence. */
  static readonly description: string | undefined = undefined;
  static readonly configOptions: readonly ConfigOption[] = [];
  static readonly metrics: readonly DeclaredMetric[] = [];
  static readonly logFields: readonly DeclaredLogField[] = [];
  /** Seconds between samples when the entry has no `sample_interval`. */
  static readonly defaultSampleIntervalSecs: number | undefined = undefined;

  /** The monitor's entry in the configuration. */
  readonly config: MonitorConfig;
  /** Takes the monitor's values and messages. */
  readonly logger: MonitorLogger;
  /** Aborts when the monitor shall stop. */
  readonly signal: AbortSignal;
  /** Last part of the module's name: what stands before the brackets of a line. */
  readonly monitorModule: string;
  /** What stands in the brackets: the configured id, the number of the instance, or '' for a lone instance. */
  readonly monitorId: string;
  /** `module(id)` */
  readonly monitorName: string;

  /** Seconds between samples; may be changed in initialize(). */
  sampleIntervalSecs: number;
  /** May be changed in initialize(). */
  logConfig: LogConfig;
  /** Set to true in initialize() when there is nothing to measure here: the monitor is then not run. */
  disabled = false;
  /** Bytes a second that go to the metric log in the long run; negative: no limit. OTLP gets every value. */
  logWriteRate: number;
  /** Bytes that go to the metric log at once; negative: no limit. */
  logMaxWriteBurst: number;
  /** Seconds that lines may wait before they are written to the metric log. */
  logFlushDelaySecs: number;
  /** Bytes after which the metric log is rotated; undefined: as configured for all. */
  logRotationMaxBytes: number | undefined;
  /** Rotated files that are kept; undefined: as configured for all. */
  logRotationBackupCount: number | undefined;

  readonly #class: MonitorDeclarations;

  /** Made by the collector. Throws BadMonitorConfiguration when an option of the entry is wrong. */
  constructor(context: MonitorContext) {
    this.#class = new.target;
    this.signal = context.signal;
    setMaxListeners(0, this.signal); // each request under way waits for it: more than ten are no leak
    this.monitorModule = context.module.slice(context.module.lastIndexOf('.') + 1);
    this.monitorId = context.id;
    this.monitorName = `${this.monitorModule}(${this.monitorId})`;
    this.config = readConfig(context, this.#class.configOptions);
    this.logger = makeLogger(context, this.monitorModule, this.config);
    this.logConfig = { path: `${this.monitorModule}.log` };
    this.sampleIntervalSecs = this.config.get('sample_interval', {
      convertTo: 'float',
      default: this.#class.defaultSampleIntervalSecs ?? context.defaultSampleIntervalSecs,
    });
    this.logWriteRate = this.config.get('monitor_log_write_rate', { convertTo: 'int', default: 2000 });
    this.logMaxWriteBurst = this.config.get('monitor_log_max_write_burst', {
      convertTo: 'int',
      default: 100_000,
    });
    this.logFlushDelaySecs = this.config.get('monitor_log_flush_delay', {
      convertTo: 'float',
      default: 0,
      minValue: 0,
    });
    this.logRotationMaxBytes = this.config.get('log_rotation_max_bytes', { convertTo: 'int' });
    this.logRotationBackupCount = this.config.get('log_rotation_backup_count', {
      convertTo: 'int',
      minValue: 0,
      maxValue: MAX_BACKUP_COUNT,
    });
  }

  /** Called once before the first sample: read the configuration, open connections. */
  initialize(): void | Promise<void> {
    // nothing to prepare unless a monitor says so
  }

  /** Measures and emits. Called every sampleIntervalSecs, never twice at the same time. */
  gatherSample(): void | Promise<void> {
    throw new Error(
      `Cannot sample "${this.monitorName}": ${this.#class.name} overrides neither gatherSample() nor run()`,
    );
  }

  /**
   * Override it for a monitor that waits for events instead of sampling; return when the signal aborts. As it is, it
   * samples until the monitor is stopped.
   *
   *     override async run(): Promise<void> {
   *       while (!this.signal.aborted) this.logger.emitValue('event', await this.#nextEvent(this.signal));
   *     }
   */
  async run(): Promise<void> {
    while (!this.signal.aborted) {
      await this.gatherSample();
      await this.sleep(this.sampleIntervalSecs);
    }
  }

  /** Waits for `secs` seconds, Infinity included, or until the monitor shall stop: then true. */
  async sleep(secs: number): Promise<boolean> {
    await sleep(secs * 1000, this.signal);
    return this.signal.aborted;
  }

  /**
   * What the collector must know of the monitor; asked for after initialize(). Throws a TypeError when initialize() left a
   * property that cannot be meant, such as an interval that is NaN.
   */
  describe(): MonitorDescription {
    const description = this.#describe();
    checkDescription(this.monitorName, description);
    return description;
  }

  #describe(): MonitorDescription {
    const { description, name: className, metrics } = this.#class;
    return {
      description: description ?? className,
      drivesItself: this.run !== ScalyrMonitor.prototype.run,
      disabled: this.disabled,
      sampleIntervalSecs: this.sampleIntervalSecs,
      metricLog: {
        path: this.logConfig.path,
        writeRate: this.logWriteRate,
        maxWriteBurst: this.logMaxWriteBurst,
        flushDelaySecs: this.logFlushDelaySecs,
        ...(this.logRotationMaxBytes !== undefined && { rotationMaxBytes: this.logRotationMaxBytes }),
        ...(this.logRotationBackupCount !== undefined && {
          rotationBackupCount: this.logRotationBackupCount,
        }),
      },
      metrics: metrics.map(toDefinition),
    };
  }
}

/** What a monitor class says about itself. */
type MonitorDeclarations = Pick<
  typeof ScalyrMonitor,
  'description' | 'configOptions' | 'metrics' | 'defaultSampleIntervalSecs'
> & { readonly name: string };

/** A class that can be run as a monitor. */
export type MonitorClass = new (context: MonitorContext) => ScalyrMonitor;

/** Whether `value` is a class that extends ScalyrMonitor, of this or of another copy of the package. */
export function isMonitorClass(value: unknown): value is MonitorClass {
  return typeof value === 'function' && MONITOR in value && !Object.hasOwn(value, MONITOR);
}

function readConfig(context: MonitorContext, options: readonly ConfigOption[]): MonitorConfig {
  return new MonitorConfig(context.config, {
    module: context.module,
    options,
    environment: context.environment,
    warn: (message) => {
      context.writeDiagnostic({ level: 'warn', message, timeMs: context.now() });
    },
  });
}

function makeLogger(context: MonitorContext, monitor: string, config: MonitorConfig): MonitorLogger {
  const ownRates = config.get('calculate_rate_metric_names', { convertTo: 'stringArray', default: [] });
  return new MonitorLogger({
    context,
    monitor,
    id: context.id,
    metricNameBlacklist: config.get('metric_name_blacklist', { convertTo: 'stringArray', default: [] }),
    rateMetricNames: [...context.globalRateMetricNames, ...ownRates],
  });
}

function toDefinition({ name, description, unit, cumulative }: DeclaredMetric): MetricDefinition {
  return { name, description, cumulative, ...(unit !== undefined && { unit }) };
}
