import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkMonitor } from '../agent/check-monitor.ts';
import type { MonitorCheck } from '../agent/check-monitor.ts';
import type { MonitorHostOptions } from '../agent/create-monitor-host.ts';
import { crowdedModules } from '../agent/crowded-modules.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { BackendSettings, Configuration, MonitorEntry } from '../config/configuration.ts';
import { formatProblem } from '../config/format-problem.ts';
import type { HostPlace } from '../host/host-place.ts';
import type { MonitorDescription } from '../monitor/monitor-description.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit-codes.ts';

/** Monitors that are looked at together; they are printed in the order of the configuration. */
const AT_ONCE = 8;

/** Checks every monitor and prints what would run; gives the exit code. */
export async function checkConfiguration(configuration: Configuration): Promise<number> {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'scalyr-otel-check-'));
  // Also when nobody reads on.
  process.once('exit', () => rmSync(cacheFolder, { recursive: true, force: true }));
  const bad = await checkMonitors(configuration, cacheFolder);
  printBackends(configuration.otel.backends);
  const { monitors, otel } = configuration;
  const verdict = bad === 0 ? 'no problems' : `${counted(bad, 'monitor')} with problems`;
  print(
    `\n${counted(monitors.length, 'monitor')}, ${counted(otel.backends.length, 'backend')}: ${verdict}\n`,
  );
  return bad === 0 ? EXIT.ok : EXIT.usage;
}

async function checkMonitors(configuration: Configuration, cacheFolder: string): Promise<number> {
  const { monitors, global, otel, files, agentLogPath, agentDataPath } = configuration;
  print(`Configuration ${files.map((file) => path.relative(process.cwd(), file)).join(', ')}\n`);
  print(`Metric logs in ${agentLogPath}\nSpool and ledger in ${agentDataPath}\n\nMonitors\n`);
  if (monitors.length === 0) print('  none\n');
  const options = {
    configuration,
    global,
    isolation: otel.isolation,
    environment: process.env,
    cacheFolder,
    clock: systemClock,
    crowded: crowdedModules(monitors, otel.isolation.shareAbove),
  };
  let bad = 0;
  for (let i = 0; i < monitors.length; i += AT_ONCE) {
    const some = monitors.slice(i, i + AT_ONCE);
    const checked = await Promise.all(
      some.map(async (entry) => ({ entry, result: await checkOne(entry, options) })),
    );
    for (const { entry, result } of checked) printResult(entry, result, agentLogPath);
    bad += checked.filter(({ result }) => result.kind === 'bad').length;
  }
  return bad;
}

function checkOne(entry: MonitorEntry, options: MonitorHostOptions): Promise<MonitorCheck> {
  return checkMonitor(entry, {
    ...options,
    onDiagnostic: ({ level, message }) => {
      if (level === 'warn' || level === 'error')
        process.stderr.write(`${entry.name}: ${level}: ${message}\n`);
    },
  });
}

function printResult(entry: MonitorEntry, result: MonitorCheck, agentLogPath: string): void {
  print(`  ${describe(entry, result, agentLogPath)}\n`);
  if (result.kind === 'good') return;
  const problem = { position: entry.source, path: `monitor ${entry.name}`, message: result.message };
  process.stderr.write(`${formatProblem(problem, process.cwd())}\n`);
}

function describe(entry: MonitorEntry, result: MonitorCheck, agentLogPath: string): string {
  if (result.kind === 'bad') return `${entry.name}: has a problem`;
  const { description, place } = result;
  const { disabled, drivesItself, sampleIntervalSecs, metricLog } = description;
  if (disabled) return `${entry.name}: does not run, it disabled itself in initialize`;
  const how = drivesItself ? 'drives itself' : `every ${sampleIntervalSecs} s`;
  return `${entry.name}: ${how}, in a ${describePlace(place, description)}, metric log ${path.resolve(agentLogPath, metricLog.path)}`;
}

/** Where it lives, and for a Python monitor on what. */
function describePlace({ kind, shared }: HostPlace, { runtime }: MonitorDescription): string {
  const where = shared === undefined ? kind : `shared ${kind}`;
  return runtime === undefined ? where : `${where}, ${runtime}`;
}

function printBackends(backends: readonly BackendSettings[]): void {
  print('\nBackends\n');
  if (backends.length === 0) print('  none: metric logs only\n');
  for (const { name, endpoint, protocol, compression, signals } of backends) {
    print(`  ${name}: ${endpoint}, ${signals.join(' and ')}, ${protocol}, compression ${compression}\n`);
  }
}

function print(text: string): void {
  process.stdout.write(text);
}
