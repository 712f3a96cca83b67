import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  defineConfigOption,
  defineMetric,
  isMonitorClass,
  ScalyrMonitor,
} from '../../../src/monitor/index.ts';
import { RecordingContext } from './recording-context.ts';

class Plain extends ScalyrMonitor {}

class Declared extends ScalyrMonitor {
  static override readonly description = 'Measures what it is told to.';
  static override readonly configOptions = [
    defineConfigOption({ name: 'port', description: 'A port.', convertTo: 'int', required: true }),
  ];
  static override readonly metrics = [
    defineMetric({
      name: 'a',
      description: 'An a.',
      unit: 'bytes',
      cumulative: true,
      extraFields: { host: 'A host.' },
    }),
    defineMetric({ name: 'b', description: 'A b.', category: 'More' }),
  ];
  static override readonly defaultSampleIntervalSecs = 7;
}

describe('ScalyrMonitor', () => {
  it('may have any number of requests under way that wait for its signal, without a warning of a leak', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    const { signal } = new Plain(new RecordingContext());
    for (let request = 0; request < 100; request++) signal.addEventListener('abort', () => request);
    expect(warn).not.toHaveBeenCalled();
  });

  it('knows its name from the last part of the module and its id', () => {
    const monitor = new Plain(new RecordingContext({ module: 'a.b.zzz', id: 'q' }));
    expect(monitor).toMatchObject({
      monitorName: 'zzz(q)',
      monitorModule: 'zzz',
      monitorId: 'q',
      disabled: false,
      logConfig: { path: 'zzz.log' },
    });
  });

  it('logs under its own name', () => {
    const context = new RecordingContext({ module: 'a.b.zzz', id: 'q' });
    new Plain(context).logger.emitValue('x', 1);
    expect(context.lines).toEqual(['2023-11-14 22:13:20.123Z [zzz(q)] x 1\n']);
  });

  it.each([
    [{ sample_interval: '12.5' }, Declared, 12.5],
    [{ sample_interval: 0 }, Declared, 0],
    [{}, Declared, 7],
    [{}, Plain, 30],
  ])('samples at the interval of the entry %j, of its class, or of all', (entry, monitorClass, expected) => {
    const monitor = new monitorClass(new RecordingContext({ config: { port: 1, ...entry } }));
    expect(monitor.sampleIntervalSecs).toBe(expected);
  });

  it('takes the interval from the environment too', () => {
    const environment = { SCALYR_SAMPLE_INTERVAL: '3' };
    expect(new Plain(new RecordingContext({ environment })).sampleIntervalSecs).toBe(3);
  });

  it('is not made when a declared option is wrong', () => {
    expect(() => new Declared(new RecordingContext({ config: {} }))).toThrow('Missing required field "port"');
  });

  it('is not made when one of the settings all monitors have is wrong', () => {
    const make = (config: Record<string, string | number | boolean>): Plain =>
      new Plain(new RecordingContext({ config }));
    expect(() => make({ sample_interval: true })).toThrow('from bool to float');
    expect(() => make({ monitor_log_write_rate: 'x' })).toThrow('field "monitor_log_write_rate"');
    expect(() => make({ monitor_log_flush_delay: -1 })).toThrow('minimum is 0');
  });

  it('warns through the diagnostic log when entry and environment disagree', () => {
    class EnvAware extends ScalyrMonitor {
      static override readonly configOptions = [
        defineConfigOption({ name: 'port', description: 'A port.', envAware: true }),
      ];
    }
    const context = new RecordingContext({ config: { port: 1 }, environment: { SCALYR_PORT: '2' } });
    expect(new EnvAware(context).config.get('port')).toBe(1);
    expect(context.diagnostics).toMatchObject([{ level: 'warn', timeMs: 1_700_000_000_123 }]);
  });

  it('calculates rates for the entries of its own and of the whole configuration', () => {
    const context = new RecordingContext({
      globalRateMetricNames: ['my_monitor:x'],
      config: { calculate_rate_metric_names: 'my_monitor:y', metric_name_blacklist: ['z'] },
    });
    const { logger } = new Plain(context);
    const emit = (timestamp: number): void => {
      for (const name of ['x', 'y', 'z']) logger.emitValue(name, timestamp, {}, { timestamp });
    };
    emit(1000);
    emit(2000);
    expect(context.lines.map((line) => line.slice(40))).toEqual([
      'x 1000\n',
      'y 1000\n',
      'x 2000\n',
      'x_rate 1000.0\n',
      'y 2000\n',
      'y_rate 1000.0\n',
    ]);
  });
});

describe('ScalyrMonitor.describe', () => {
  it('says what a monitor that declares nothing is, with the defaults of the Scalyr agent', () => {
    expect(new Plain(new RecordingContext()).describe()).toEqual({
      description: 'Plain',
      drivesItself: false,
      disabled: false,
      sampleIntervalSecs: 30,
      metricLog: { path: 'my_monitor.log', writeRate: 2000, maxWriteBurst: 100_000, flushDelaySecs: 0 },
      metrics: [],
    });
  });

  it('says what the class declares, without what is documentation only', () => {
    const { description, metrics } = new Declared(new RecordingContext({ config: { port: 1 } })).describe();
    expect(description).toBe('Measures what it is told to.');
    expect(metrics).toEqual([
      { name: 'a', description: 'An a.', unit: 'bytes', cumulative: true },
      { name: 'b', description: 'A b.', cumulative: false },
    ]);
  });

  it('says what the entry sets and what initialize changed', () => {
    class Changed extends ScalyrMonitor {
      override initialize(): void {
        this.logWriteRate = this.config.get('monitor_log_write_rate', { convertTo: 'int', default: -1 });
        this.logConfig = { path: '/var/log/other.log' };
        this.sampleIntervalSecs = 1;
        this.disabled = true;
      }
    }
    const config = {
      monitor_log_max_write_burst: 5,
      monitor_log_flush_delay: '1.5',
      log_rotation_max_bytes: 10,
      log_rotation_backup_count: 0,
    };
    const monitor = new Changed(new RecordingContext({ config }));
    monitor.initialize();
    expect(monitor.describe()).toMatchObject({
      disabled: true,
      sampleIntervalSecs: 1,
      metricLog: {
        path: '/var/log/other.log',
        writeRate: -1,
        maxWriteBurst: 5,
        flushDelaySecs: 1.5,
        rotationMaxBytes: 10,
        rotationBackupCount: 0,
      },
    });
  });

  it.each([
    [{ sampleIntervalSecs: NaN }, 'its sampleIntervalSecs is NaN, wanted a finite number'],
    [{ sampleIntervalSecs: undefined }, 'its sampleIntervalSecs is undefined, wanted a finite number'],
    [{ logConfig: {} }, 'its logConfig.path is undefined, wanted a path'],
    [{ logWriteRate: Infinity }, 'its logWriteRate is Infinity, wanted a finite number'],
    [{ logMaxWriteBurst: 'all' }, 'its logMaxWriteBurst is all, wanted a finite number'],
    [{ logFlushDelaySecs: -Infinity }, 'its logFlushDelaySecs is -Infinity, wanted a finite number'],
    [{ logRotationMaxBytes: NaN }, 'its logRotationMaxBytes is NaN, wanted a finite number'],
    [
      { logRotationBackupCount: 1e9 },
      'its logRotationBackupCount is 1000000000, wanted a number from 0 to 1000',
    ],
  ])('refuses what initialize cannot have meant: %j', (properties, problem) => {
    const monitor = Object.assign(new Plain(new RecordingContext({ module: 'm', id: '1' })), properties);
    expect(() => monitor.describe()).toThrow(new TypeError(`Cannot run "m(1)": ${problem}`));
  });

  it('refuses an entry with more rotated files than a rotation could rename', () => {
    const config = { log_rotation_backup_count: 1e9 };
    expect(() => new Plain(new RecordingContext({ config }))).toThrow(
      'Value of 1000000000 in field "log_rotation_backup_count" is invalid; maximum is 1000',
    );
  });

  it('says that a monitor with its own run drives itself', () => {
    class Listener extends ScalyrMonitor {
      override async run(): Promise<void> {
        await this.sleep(Infinity);
      }
    }
    expect(new Listener(new RecordingContext()).describe().drivesItself).toBe(true);
  });
});

describe('ScalyrMonitor.run', () => {
  it('samples at once and then until the monitor is stopped', async () => {
    const context = new RecordingContext({ config: { sample_interval: 0 } });
    class Three extends ScalyrMonitor {
      count = 0;
      override gatherSample(): void {
        this.count += 1;
        if (this.count === 3) context.stopping.abort();
      }
    }
    const monitor = new Three(context);
    await monitor.run();
    expect(monitor.count).toBe(3);
  });
});

describe('ScalyrMonitor.gatherSample', () => {
  it('says so when a monitor overrides neither it nor run', () => {
    expect(() => new Plain(new RecordingContext()).gatherSample()).toThrow(
      'Cannot sample "my_monitor()": Plain overrides neither gatherSample() nor run()',
    );
  });
});

describe('ScalyrMonitor.sleep', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits for the time and says that the monitor goes on', async () => {
    vi.useFakeTimers();
    const slept = new Plain(new RecordingContext()).sleep(1.5);
    await vi.advanceTimersByTimeAsync(1499);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await slept).toBe(false);
  });

  it('ends at once when the monitor shall stop, and leaves no timer', async () => {
    vi.useFakeTimers();
    const context = new RecordingContext();
    const slept = new Plain(context).sleep(3600);
    context.stopping.abort();
    expect(await slept).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(await new Plain(context).sleep(3600)).toBe(true);
  });

  it('waits longer than a timer can, for ever if need be', async () => {
    vi.useFakeTimers();
    const context = new RecordingContext();
    const month = new Plain(context).sleep(30 * 86_400);
    const forever = new Plain(context).sleep(Infinity);
    await vi.advanceTimersByTimeAsync(29 * 86_400_000);
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(await month).toBe(false);
    context.stopping.abort();
    expect(await forever).toBe(true);
  });
});

describe('isMonitorClass', () => {
  it('recognises classes that extend ScalyrMonitor, at any depth, but not the base itself', () => {
    class Deeper extends Plain {}
    expect([Plain, Deeper, ScalyrMonitor].map(isMonitorClass)).toEqual([true, true, false]);
  });

  it('recognises a class made with another copy of the package', () => {
    class OtherBase {
      gatherSample(): void {}
    }
    Object.assign(OtherBase, { [Symbol.for('scalyr-otel-bridge.monitor')]: true });
    class Other extends OtherBase {}
    expect(isMonitorClass(Other)).toBe(true);
  });

  it.each([[undefined], [null], [1], ['x'], [{}], [() => 1], [Date], [new Plain(new RecordingContext())]])(
    'does not take %s for one',
    (value) => {
      expect(isMonitorClass(value)).toBe(false);
    },
  );
});
