import type { Command } from 'commander';
import { errorCode } from '../log/error-code.ts';
import { endWhenUnread } from './end-when-unread.ts';
import { EXIT } from './exit-codes.ts';

const NOTES = `
Reads status.json in agent_data_path, which a running collector writes every five seconds and when it stops.

Exit codes: 0 it runs and the books balance, 1 it does not run or they do not, 2 bad configuration.`;

interface StatusOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** Adds `scalyr-otel status`. */
export function registerStatus(program: Command): void {
  program
    .command('status')
    .summary('show what a running collector says about itself')
    .description(
      'Shows the monitors, the deliveries and the ledger of a collector that runs with this configuration.',
    )
    .option('--config <file>', 'configuration file', 'agent.json')
    .option('--json', 'print the whole status as JSON')
    .addHelpText('after', NOTES)
    .action(async (options: StatusOptions) => {
      endWhenUnread();
      process.exitCode = await showStatus(options);
    });
}

async function showStatus({ config, json = false }: StatusOptions): Promise<number> {
  const { readConfiguration } = await import('./read-configuration.ts');
  const configuration = readConfiguration(config);
  if (configuration === undefined) return EXIT.usage;
  const { dataPaths } = await import('../agent/data-paths.ts');
  const { readStatusFile } = await import('../status/status-file.ts');
  const { formatStatus } = await import('../status/format-status.ts');
  const status = await readStatusFile(dataPaths(configuration.agentDataPath).status);
  process.stdout.write(json ? `${JSON.stringify(status)}\n` : formatStatus(status));
  const runs = isAlive(status.pid);
  if (!runs)
    process.stderr.write(
      `The collector with pid ${status.pid} does not run any more: this is its last word\n`,
    );
  return runs && status.ledger.balanced ? EXIT.ok : EXIT.failure;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is a living one.
    return errorCode(error) === 'EPERM';
  }
}
