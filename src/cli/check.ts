import type { Command } from 'commander';
import { endWhenUnread } from './end-when-unread.ts';
import { EXIT } from './exit-codes.ts';

const NOTES = `
Reads agent.json, its fragments and the environment, loads every plugin, and runs each initialize in a host of its own.
Nothing is sent, and nothing is written but what a plugin's initialize itself writes.

Exit codes: 0 everything is good, 2 there are problems; they are on stderr, each with file and line.`;

/** Adds `scalyr-otel check`. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .summary('check the configuration and every monitor, without running them')
    .description('Shows what would run, or every problem there is.')
    .option('--config <file>', 'configuration file', 'agent.json')
    .addHelpText('after', NOTES)
    .action(async (options: { readonly config: string }) => {
      endWhenUnread();
      process.exitCode = await check(options.config);
    });
}

async function check(path: string): Promise<number> {
  const { readConfiguration } = await import('./read-configuration.ts');
  const configuration = readConfiguration(path);
  if (configuration === undefined) return EXIT.usage;
  const { checkConfiguration } = await import('./check-configuration.ts');
  return checkConfiguration(configuration);
}
