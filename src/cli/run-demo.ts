import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent } from '../agent/agent.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Configuration } from '../config/configuration.ts';
import { packageRoot } from '../host/package-files.ts';
import { formatLedger } from '../ledger/format-ledger.ts';
import { formatTotals } from '../ledger/format-totals.ts';
import { createLogger } from '../log/create-logger.ts';
import { formatLog } from '../receiver/format-log.ts';
import { formatPoint } from '../receiver/format-point.ts';
import type { ReceivedExport } from '../receiver/received.ts';
import { startReceiver } from '../receiver/receiver.ts';
import { EXIT } from './exit-codes.ts';
import { FileFollower } from './file-follower.ts';
import { packageVersion } from './package-version.ts';
import { readConfiguration } from './read-configuration.ts';
import { StopRequest } from './stop-request.ts';

const LEDGER_EVERY_MS = 5000;
const FOLLOW_EVERY_MS = 200;

/** Metric logs of the monitors in otel-config/demo.json. */
const SHOWN_LOGS = ['random_coin.log', 'random_coin_monitor.log'];
const SHOWN_AT_ONCE = 12;

/** Runs the demo for `seconds`, or until it is told to stop; gives the exit code. */
export async function runDemo(seconds: number | undefined): Promise<number> {
  const stop = new StopRequest();
  process.stdout.on('error', () => stop.stop('done'));
  const folder = await mkdtemp(path.join(tmpdir(), 'scalyr-otel-demo-'));
  const receiver = await startReceiver({ onExport: printExport });
  try {
    const configuration = readDemoConfiguration({ folder, endpoint: receiver.url });
    if (configuration === undefined) return EXIT.usage;
    print('demo', `metric logs ${path.join(folder, 'log')}, OTLP receiver ${receiver.url}; Ctrl-C ends it`);
    const agent = await startAgent(configuration);
    const showing = showProgress(
      agent,
      SHOWN_LOGS.map((name) => path.join(folder, 'log', name)),
    );
    if (seconds !== undefined) systemClock.schedule(() => stop.stop('done'), seconds * 1000);
    await stop.requested;
    await agent.stop();
    await showing.end();
    process.stdout.write(`\n${formatLedger(agent.ledger)}`);
    return agent.ledger.balanced ? EXIT.ok : EXIT.failure;
  } finally {
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function readDemoConfiguration(demo: {
  readonly folder: string;
  readonly endpoint: string;
}): Configuration | undefined {
  const file = path.join(packageRoot, 'otel-config', 'demo.json');
  return readConfiguration(file, { DEMO_FOLDER: demo.folder, DEMO_ENDPOINT: demo.endpoint });
}

function startAgent(configuration: Configuration): Promise<Agent> {
  return Agent.start({
    configuration,
    environment: process.env,
    clock: systemClock,
    random: Math.random,
    logger: createLogger({
      level: 'warn',
      format: 'text',
      now: () => systemClock.now(),
      write: (line) => process.stderr.write(line),
    }),
    version: packageVersion(),
    pid: process.pid,
    onFatal: () => {},
  });
}

/** Prints lines of the metric log as they appear, and the totals every few seconds. */
function showProgress(agent: Agent, metricLogs: readonly string[]): { end(): Promise<void> } {
  const followers = metricLogs.map((file) => new FileFollower(file, (line) => print('scalyr', line)));
  const readOn = () => Promise.all(followers.map((follower) => follower.readOn()));
  const following = setInterval(() => void readOn(), FOLLOW_EVERY_MS);
  const totals = setInterval(() => print('ledger', formatTotals(agent.ledger)), LEDGER_EVERY_MS);
  return {
    async end() {
      clearInterval(following);
      clearInterval(totals);
      await readOn();
    },
  };
}

/** Of what came in one request, the beginning: a sample of the machine alone has more than a hundred points. */
function printExport({ points, logs }: ReceivedExport): void {
  const lines = [...points.map(formatPoint), ...logs.map(formatLog)];
  for (const line of lines.slice(0, SHOWN_AT_ONCE)) print('otlp', line);
  if (lines.length > SHOWN_AT_ONCE) print('otlp', `… and ${lines.length - SHOWN_AT_ONCE} more`);
}

function print(source: 'demo' | 'scalyr' | 'otlp' | 'ledger', text: string): void {
  process.stdout.write(`${source.padEnd(6)}  ${text}\n`);
}
