import path from 'node:path';
import { DiagnosticFile } from '../agent/diagnostic-file.ts';
import { ReloadingAgent } from '../agent/reloading-agent.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Configuration } from '../config/configuration.ts';
import { formatTotals } from '../ledger/format-totals.ts';
import { createLogger } from '../log/create-logger.ts';
import type { Logger } from '../log/logger.ts';
import { tee } from '../log/tee.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit-codes.ts';
import { packageVersion } from './package-version.ts';
import { loadHere } from './read-configuration.ts';
import type { RunOptions } from './run-options.ts';
import { StopRequest } from './stop-request.ts';

/** Runs the collector until it is told to stop; gives the exit code. */
export async function runAgent(configuration: Configuration, options: RunOptions): Promise<number> {
  const { logger, file } = openLog(configuration, options);
  const stop = new StopRequest();
  const agent = await ReloadingAgent.start({
    load: () => loadHere(options.config),
    onLost: () => stop.stop('failure'),
    configuration,
    environment: process.env,
    clock: systemClock,
    random: Math.random,
    logger,
    version: packageVersion(),
    pid: process.pid,
    onFatal: (monitor, { message, stack }) => {
      logger.error(`Stopping, because a monitor with stop_agent_on_failure died: ${message}`, {
        monitor,
        stack,
      });
      stop.stop('failure');
    },
  });
  process.on('SIGHUP', () => void agent.reload());
  sayWhatRuns(configuration, logger);
  const reason = await stop.requested;
  if (reason !== 'failure') logger.info(`Stopping on ${reason}`);
  await agent.stop();
  logger.info(`Stopped: ${formatTotals(agent.ledger)}`);
  await file.close();
  return reason === 'failure' ? EXIT.failure : EXIT.ok;
}

/** The log goes to stderr as asked for, and to a file in the text format. */
function openLog(configuration: Configuration, { logLevel: level, logFormat }: RunOptions) {
  const { agentLogPath, global } = configuration;
  const rotation = { maxBytes: global.logRotationMaxBytes, backupCount: global.logRotationBackupCount };
  const file = new DiagnosticFile(path.join(agentLogPath, 'scalyr-otel.log'), {
    rotation,
    clock: systemClock,
  });
  // Whoever read it may be gone, as after a restart of journald: that ends nothing, and the file has it all.
  process.stderr.on('error', () => {});
  const now = (): number => systemClock.now();
  const toFile = createLogger({ level, format: 'text', now, write: (line) => file.write(line) });
  const toStderr = createLogger({
    level,
    format: logFormat,
    now,
    write: (line) => process.stderr.write(line),
  });
  return { logger: tee(toStderr, toFile), file };
}

function sayWhatRuns({ monitors, otel, agentLogPath }: Configuration, logger: Logger): void {
  const backends = otel.backends.map(({ name, endpoint }) => `${name} (${endpoint})`).join(', ');
  const where = backends === '' ? 'no OTLP backend is configured: metric logs only' : `OTLP to ${backends}`;
  logger.info(
    `Started with ${counted(monitors.length, 'monitor')}, metric logs in "${agentLogPath}", ${where}`,
  );
  if (monitors.length === 0) logger.warn('No monitors are configured: nothing will be collected');
}
