import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LoneMonitor } from '../agent/lone-monitor.ts';
import type { LoneMonitorEnd } from '../agent/lone-monitor.ts';
import { systemClock } from '../clock/system-clock.ts';
import { backendsFromEndpoint } from '../config/backends-from-endpoint.ts';
import type { BackendSettings, Configuration, MonitorEntry } from '../config/configuration.ts';
import { monitorFromText } from '../config/monitor-from-text.ts';
import { createLogger } from '../log/create-logger.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit-codes.ts';
import { packageVersion } from './package-version.ts';
import { printProblems, readConfiguration } from './read-configuration.ts';
import type { RunMonitorOptions } from './run-monitor-options.ts';
import { StopRequest } from './stop-request.ts';

/** Somebody is waiting for the values to arrive. */
const EXPORT_INTERVAL_MS = 200;

/** Runs one monitor until it is told to stop, has given its samples, or fails; gives the exit code. */
export async function runMonitor(module: string, options: RunMonitorOptions): Promise<number> {
  const entry = readEntry(module, options);
  const global = readConfiguration(options.agentConfig);
  const backends = readBackends(options.otlp);
  if (entry === undefined || global === undefined || backends === undefined) return EXIT.usage;
  const stop = new StopRequest();
  process.stdout.on('error', () => stop.stop('done'));
  const folder = await mkdtemp(path.join(tmpdir(), 'scalyr-otel-run-monitor-'));
  try {
    const configuration = configure(global, { options, entry, backends, folder });
    return await run(configuration, { entry, stop, options });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly entry: MonitorEntry;
  readonly stop: StopRequest;
  readonly options: RunMonitorOptions;
}

async function run(configuration: Configuration, { entry, stop, options }: Run): Promise<number> {
  const logger = createLogger({
    level: options.debugLevel > 0 ? 'debug' : 'info',
    format: 'text',
    now: () => systemClock.now(),
    write: (line) => process.stdout.write(line),
  });
  const monitor = await LoneMonitor.start({
    configuration,
    entry,
    environment: process.env,
    clock: systemClock,
    random: Math.random,
    logger,
    version: packageVersion(),
    deliveryDeadlineMs: options.otlpTimeout * 1000,
    print: (text) => new Promise((resolve) => process.stdout.write(text, () => resolve())),
    onSample: (count) => {
      if (count === options.samples) stop.stop('done');
    },
    onDead: () => stop.stop('failure'),
  });
  const reason = await stop.requested;
  if (reason === 'SIGINT' || reason === 'SIGTERM')
    process.stdout.write('Signal received, stopping monitor...\n');
  const end = await monitor.stop();
  if (end.end === undefined) logger.info('Monitor has finished', { monitor: entry.name });
  return report(end, options);
}

/** Says on stderr what went wrong; gives the exit code. */
function report({ end, samples, undelivered }: LoneMonitorEnd, { otlp }: RunMonitorOptions): number {
  const { count, reasons } = undelivered;
  if (count > 0)
    process.stderr.write(`${counted(count, 'value')} not delivered to ${otlp}: ${reasons.join('; ')}\n`);
  switch (end?.kind) {
    case 'bad-configuration':
      process.stderr.write(`Invalid monitor configuration: ${end.message}\n`);
      return EXIT.usage;
    case 'crashed':
      process.stderr.write(`The monitor failed: ${end.stack ?? end.message}\n`);
      return EXIT.failure;
    case 'finished':
    case undefined:
      return count > 0 || allFailed(samples) ? EXIT.failure : EXIT.ok;
  }
}

/** A monitor that now and then cannot sample is as it should be; one that never can is not. */
function allFailed({ taken, failed }: LoneMonitorEnd['samples']): boolean {
  if (taken === 0 || failed < taken) return false;
  process.stderr.write(`No sample succeeded: ${counted(taken, 'sample')} failed, see above\n`);
  return true;
}

function readEntry(module: string, options: RunMonitorOptions): MonitorEntry | undefined {
  const outcome = monitorFromText(options.monitorConfig, { module });
  if (outcome.kind === 'ok') return outcome.monitor;
  process.stderr.write('Failed to parse the monitor configuration:\n');
  printProblems(outcome.problems);
  return undefined;
}

function readBackends(url: string | undefined): readonly BackendSettings[] | undefined {
  if (url === undefined) return [];
  const outcome = backendsFromEndpoint(url, { environment: process.env, folder: process.cwd() });
  printProblems(outcome.kind === 'ok' ? outcome.warnings : outcome.problems);
  return outcome.kind === 'ok' ? outcome.backends : undefined;
}

interface Changes {
  readonly options: RunMonitorOptions;
  readonly entry: MonitorEntry;
  readonly backends: readonly BackendSettings[];
  /** A temporary folder, for the spool. */
  readonly folder: string;
}

/** The configuration that one monitor runs under: that of the agent where one is given, with what the options say. */
function configure(
  configuration: Configuration,
  { options, entry, backends, folder }: Changes,
): Configuration {
  const { global, otel } = configuration;
  return {
    ...configuration,
    agentDataPath: folder,
    monitors: [entry],
    global: {
      ...global,
      modulePaths: [path.resolve(options.monitorPythonPath), ...global.modulePaths],
      sampleIntervalSecs: options.monitorSampleInterval,
      sampleIntervalJitter: options.agentConfig !== undefined && global.sampleIntervalJitter,
      debugLevel: Math.max(options.debugLevel, options.agentConfig === undefined ? 0 : global.debugLevel),
    },
    otel: { ...otel, backends, exportIntervalMs: Math.min(otel.exportIntervalMs, EXPORT_INTERVAL_MS) },
  };
}
