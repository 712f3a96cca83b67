import { describe, expect, it } from 'vitest';
import { Float } from '../../../src/metric-line/float.ts';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import { signalOf } from '../../../src/metric-line/parsed-line.ts';
import type { MonitorContext } from '../../../src/monitor/monitor-context.ts';
import { MonitorLogger } from '../../../src/monitor/monitor-logger.ts';
import type { LoggerSetup } from '../../../src/monitor/monitor-logger.ts';
import { RecordingContext } from './recording-context.ts';

const TIME = '2023-11-14 22:13:20.123Z';

function makeLogger(
  setup: Partial<LoggerSetup> = {},
  settings: Partial<MonitorContext> = {},
): { logger: MonitorLogger; context: RecordingContext } {
  const context = new RecordingContext(settings);
  const defaults = { context, monitor: 'm', id: '', metricNameBlacklist: [], rateMetricNames: [] };
  return { context, logger: new MonitorLogger({ ...defaults, ...setup }) };
}

describe('emitValue', () => {
  it('writes a metric line with the current time', () => {
    const { logger, context } = makeLogger({ id: '1' });
    logger.emitValue('uniform', 0.5, { host: 'web 1', count: 1 });
    expect(context.lines).toEqual([`${TIME} [m(1)] uniform 0.5 count=1 host="web 1"\n`]);
  });

  it('takes time and id from its options; 0 means now', () => {
    const { logger, context } = makeLogger({ id: '1' });
    logger.emitValue('x', 1, {}, { timestamp: 999.9, monitorId: 'cont1' });
    logger.emitValue('x', 2, undefined, { timestamp: 0, monitorId: '' });
    expect(context.lines).toEqual(['1970-01-01 00:00:00.999Z [m(cont1)] x 1\n', `${TIME} [m()] x 2\n`]);
  });

  it('refuses a time that is none, and writes nothing', () => {
    const { logger, context } = makeLogger();
    expect(() => logger.emitValue('x', 1, {}, { timestamp: '1' as unknown as number })).toThrow(
      new TypeError('Cannot emit a value with the timestamp "1": wanted a number, milliseconds'),
    );
    expect(() => logger.emitValue('x', 1, {}, { timestamp: Number.NEGATIVE_INFINITY })).toThrow(RangeError);
    expect(context.lines).toEqual([]);
  });

  it.each([
    [1, 'metrics'],
    [2n ** 70n, 'metrics'],
    [new Float(1), 'metrics'],
    [Number.NaN, 'metrics'],
    [true, 'metrics'],
    ['text', 'logs'],
  ])('says that %s belongs to %s, as parsing the line does', (value, signal) => {
    const { logger, context } = makeLogger();
    logger.emitValue('1 odd\n', value, { 'a\n': 'x y' });
    expect(context.signals).toEqual([signal]);
    expect(signalOf(parseLine(context.lines.join('')))).toBe(signal);
  });

  it('says what parsing says when the id ends the header before its time', () => {
    const { logger, context } = makeLogger();
    logger.emitValue('x', 1, {}, { monitorId: 'a)] b' });
    logger.emitValue('x', 1, {}, { monitorId: 'a\nb' });
    logger.emitValue('x', 1, {}, { monitorId: '(a)]' });
    expect(context.signals).toEqual(['logs', 'logs', 'metrics']);
    expect(context.lines.map((line) => signalOf(parseLine(line)))).toEqual(context.signals);
  });

  it('writes nothing when a value or a name cannot be written', () => {
    const { logger, context } = makeLogger();
    expect(() => logger.emitValue('x', 1, { k: null as unknown as string })).toThrow('field="k"');
    expect(() => logger.emitValue(undefined as unknown as string, 1)).toThrow(
      'metric name type of "undefined"',
    );
    expect(context.lines).toEqual([]);
  });

  it('keeps a name that was sent with a line break in one line of the warning', () => {
    const { logger, context } = makeLogger();
    logger.emitValue('a\nb "c"', 1);
    expect(context.diagnostics[0]?.message).toContain(
      'Invalid metric name "a\\nb \\"c\\"": written as "a_b__c_"',
    );
  });

  it('warns of the first name a day that it had to change, metrics and fields apart', () => {
    const { logger, context } = makeLogger();
    logger.emitValue('1name', 1, { 'a b': 1 });
    logger.emitValue('2name', 1, { 'c d': 1 });
    expect(context.diagnostics.map(({ level, errorCode }) => [level, errorCode])).toEqual([
      ['warn', 'client/badMetricName'],
      ['warn', 'client/badFieldName'],
    ]);
    expect(context.diagnostics[0]?.message).toBe(
      'Invalid metric name "1name": written as "sa_1name". A name starts with a letter or "_", holds letters, digits, ' +
        '".", "_" and "-", and is not one of logfile, monitor, metric, value, instance, severity. ' +
        'Other metric names may be invalid too, only the first of a day is reported',
    );
    context.timeMs += 86_400_000;
    logger.emitValue('3name', 1);
    expect(context.diagnostics).toHaveLength(3);
  });
});

describe('metric_name_blacklist', () => {
  it('keeps metrics back by the name they are written under, and says so once a day for each', () => {
    const { logger, context } = makeLogger({ metricNameBlacklist: ['blocked', 'sa_1blocked'] });
    logger.emitValue('blocked', 1);
    logger.emitValue('blocked', 2);
    logger.emitValue('1blocked', 3);
    logger.emitValue('free', 4);
    expect(context.lines).toEqual([`${TIME} [m()] free 4\n`]);
    expect(context.diagnostics.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info Metric "blocked" is in metric_name_blacklist: its values are not written',
      'info Metric "sa_1blocked" is in metric_name_blacklist: its values are not written',
    ]);
  });

  it('keeps values back that are written as text', () => {
    const { logger, context } = makeLogger({ metricNameBlacklist: ['df.total'] });
    logger.info('df.total 4 mount="/"', { emitToMetricLog: true });
    logger.info('df.used 1 mount="/"', { emitToMetricLog: true });
    expect(context.lines).toEqual([`${TIME} [m()] df.used 1 mount="/"\n`]);
  });

  it('does not hide a value that could not be written', () => {
    const { logger } = makeLogger({ metricNameBlacklist: ['blocked'] });
    expect(() => logger.emitValue('blocked', [] as unknown as number)).toThrow('metric="blocked"');
  });
});

describe('calculate_rate_metric_names', () => {
  it('holds for values that are written as text', () => {
    const { logger, context } = makeLogger({ rateMetricNames: ['m:net.bytes:direction=in'] });
    logger.info('net.bytes 1000 iface="eth0" direction="in"', { emitToMetricLog: true });
    logger.info('net.bytes 1000 iface="eth0" direction="out"', { emitToMetricLog: true });
    context.timeMs += 2000;
    logger.info('net.bytes 1500 iface="eth0" direction="in"', { emitToMetricLog: true });
    logger.info('net.bytes 1500 iface="eth0" direction="out"', { emitToMetricLog: true });
    expect(context.lines.filter((line) => line.includes('_rate'))).toEqual([
      '2023-11-14 22:13:22.123Z [m()] net.bytes_rate 250.0 direction="in" iface="eth0"\n',
    ]);
  });

  it('adds a line with the rate after the second value of the same fields', () => {
    const { logger, context } = makeLogger({ rateMetricNames: ['m:requests', 'other:requests'] });
    logger.emitValue('requests', 10, { host: 'a' });
    logger.emitValue('requests', 99, { host: 'b' });
    context.timeMs += 10_000;
    logger.emitValue('requests', 30, { host: 'a' });
    expect(context.lines.slice(2)).toEqual([
      '2023-11-14 22:13:30.123Z [m()] requests 30 host="a"\n',
      '2023-11-14 22:13:30.123Z [m()] requests_rate 2.0 host="a"\n',
    ]);
    expect(context.signals).toEqual(['metrics', 'metrics', 'metrics', 'metrics']);
  });

  it('can be told not to write the rate', () => {
    const { logger, context } = makeLogger({ rateMetricNames: ['m:x'], metricNameBlacklist: ['x_rate'] });
    logger.emitValue('x', 1);
    context.timeMs += 1000;
    logger.emitValue('x', 2);
    expect(context.lines).toHaveLength(2);
  });

  it('warns of an entry that it cannot read', () => {
    const { context } = makeLogger({ rateMetricNames: ['requests', 'm:x:y'] });
    expect(context.diagnostics.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn Ignored "requests" in calculate_rate_metric_names: wanted "module:metric" or "module:metric:field=value"',
      'warn Ignored "m:x:y" in calculate_rate_metric_names: wanted "module:metric" or "module:metric:field=value"',
    ]);
  });
});

describe('messages', () => {
  it('go to the diagnostic log with their level, time and code', () => {
    const { logger, context } = makeLogger();
    logger.info('one');
    logger.warn('two', { errorCode: 'client/foo' });
    expect(context.diagnostics).toEqual([
      { level: 'info', message: 'one', timeMs: 1_700_000_000_123 },
      { level: 'warn', message: 'two', timeMs: 1_700_000_000_123, errorCode: 'client/foo' },
    ]);
    expect(context.lines).toEqual([]);
  });

  it('carry the stack of an error with its causes', () => {
    const { logger, context } = makeLogger();
    logger.error('Cannot read', { error: new Error('outer', { cause: new TypeError('inner') }) });
    expect(context.diagnostics[0]?.stack).toMatch(/^Error: outer\n[^]*\[cause\]: TypeError: inner\n/);
  });

  it('carry anything else that was thrown', () => {
    const { logger, context } = makeLogger();
    const hostile = {
      [Symbol.for('nodejs.util.inspect.custom')]: () => {
        throw new Error('no');
      },
    };
    logger.error('Cannot read', { error: 'a text' });
    logger.error('Cannot read', { error: hostile });
    expect(context.diagnostics.map(({ stack }) => stack)).toEqual([
      "'a text'",
      'an error that cannot be shown',
    ]);
  });

  it('of the level debug are logged from debug_level 1 on', () => {
    const { logger, context } = makeLogger();
    const verbose = makeLogger({}, { debugLevel: 1 });
    logger.debug('quiet');
    verbose.logger.debug('heard');
    expect(context.diagnostics).toEqual([]);
    expect(verbose.context.diagnostics).toMatchObject([{ level: 'debug', message: 'heard' }]);
  });

  it('with the same limit key are logged once in a while', () => {
    const { logger, context } = makeLogger();
    const limit = (limitKey: string): { limitOncePerSecs: number; limitKey: string } => ({
      limitOncePerSecs: 60,
      limitKey,
    });
    logger.warn('1', limit('a'));
    logger.warn('2', limit('a'));
    logger.warn('3', limit('b'));
    context.timeMs += 59_999;
    logger.warn('4', limit('a'));
    context.timeMs += 1;
    logger.warn('5', limit('a'));
    expect(context.diagnostics.map(({ message }) => message)).toEqual(['1', '3', '5']);
  });

  it('need a limit key with limitOncePerSecs and the other way round', () => {
    const { logger } = makeLogger();
    expect(() => logger.info('x', { limitOncePerSecs: 60 })).toThrow(
      'Cannot limit a message: limitOncePerSecs needs a limitKey, which messages of one kind share',
    );
    expect(() => logger.info('x', { limitKey: 'a' })).toThrow(
      'Cannot limit messages of "a": limitKey needs limitOncePerSecs',
    );
  });

  it('can go to the metric log as they are, and belong to the signal that the line says', () => {
    const { logger, context } = makeLogger({ id: '1' });
    logger.info('free text k=v', { emitToMetricLog: true });
    logger.info('df.total 4 mount="/" fstype="ext4"', { emitToMetricLog: true });
    logger.error('two\nlines', { emitToMetricLog: true, error: new Error('x') });
    expect(context.lines).toEqual([
      `${TIME} [m(1)] free text k=v\n`,
      `${TIME} [m(1)] df.total 4 mount="/" fstype="ext4"\n`,
      `${TIME} [m(1)] two\nlines\n`,
    ]);
    expect(context.signals).toEqual(['logs', 'metrics', 'logs']);
    expect(context.diagnostics).toEqual([]);
  });
});
