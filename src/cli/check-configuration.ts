import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkMonitor } from '../agent/check-monitor.ts';
import type { MonitorCheck } from '../agent/check-monitor.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { BackendSettings, Configuration, MonitorEntry } from '../config/configuration.ts';
import { formatProblem } from '../config/format-problem.ts';
import type { MonitorDescription } from '../host/monitor-description.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit-codes.ts';

/** Checks every monitor, one after the other, and prints what would run; gives the exit code. */
export async function checkConfiguration(configuration: Configuration): Promise<number> {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'scalyr-otel-check-'));
  try {
    const bad = await checkMonitors(configuration, cacheFolder);
    printBackends(configuration.otel.backends);
    const { monitors, otel } = configuration;
    const verdict = bad === 0 ? 'no problems' : `${counted(bad, 'monitor')} with problems`;
    print(
      `\n${counted(monitors.length, 'monitor')}, ${counted(otel.backends.length, 'backend')}: ${verdict}\n`,
    );
    return bad === 0 ? EXIT.ok : EXIT.usage;
  } finally {
    await rm(cacheFolder, { recursive: true, force: true });
  }
}

async function checkMonitors(configuration: Configuration, cacheFolder: string): Promise<number> {
  const { monitors, global, otel, files, agentLogPath, agentDataPath } = configuration;
  print(`Configuration ${files.map((file) => path.relative(process.cwd(), file)).join(', ')}\n`);
  print(`Metric logs in ${agentLogPath}\nSpool and ledger in ${agentDataPath}\n\nMonitors\n`);
  if (monitors.length === 0) print('  none\n');
  let bad = 0;
  for (const entry of monitors) {
    const result = await checkMonitor(entry, {
      configuration,
      global,
      isolation: otel.isolation,
      environment: process.env,
      cacheFolder,
      clock: systemClock,
      onDiagnostic: ({ level, message }) => {
        if (level === 'warn' || level === 'error')
          process.stderr.write(`${entry.name}: ${level}: ${message}\n`);
      },
    });
    print(`  ${describe(entry, result, agentLogPath)}\n`);
    if (result.kind === 'good') continue;
    bad += 1;
    const problem = { position: entry.source, path: `monitor ${entry.name}`, message: result.message };
    process.stderr.write(`${formatProblem(problem, process.cwd())}\n`);
  }
  return bad;
}

function describe(entry: MonitorEntry, result: MonitorCheck, agentLogPath: string): string {
  if (result.kind === 'bad') return `${entry.name}: has a problem`;
  const { disabled, drivesItself, sampleIntervalSecs, metricLog } = result.description;
  if (disabled) return `${entry.name}: does not run, it disabled itself in initialize`;
  const how = drivesItself ? 'drives itself' : `every ${sampleIntervalSecs} s`;
  return `${entry.name}: ${how}, in a ${place(entry, result.description)}, metric log ${path.resolve(agentLogPath, metricLog.path)}`;
}

/** Where it lives, and for a Python monitor on what. */
function place({ isolation }: MonitorEntry, { runtime }: MonitorDescription): string {
  if (runtime === undefined) return isolation ?? 'thread';
  return `${isolation === 'shared' ? 'shared process' : 'process'}, ${runtime}`;
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
