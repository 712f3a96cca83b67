import { Option, type Command } from 'commander';
import { EXIT } from './exit-codes.ts';
import type { RunOptions } from './run-options.ts';

const NOTES = `
Every config_change_check_interval (30 s), and on SIGHUP, it looks whether the configuration has changed. Monitors whose
entry is the same run on; a configuration with a problem is not used, and the log says what is wrong.

SIGTERM and SIGINT stop it: no new samples, gathers in progress finish (5 s), everything emitted is written, one last
delivery is tried (5 s), exit code 0. What is undelivered stays in the spool for the next start. A second signal ends it
at once; nothing that is in the spool is lost by that either.

Exit codes: 0 stopped as asked, 1 failed (also when a monitor with stop_agent_on_failure dies), 2 bad configuration.`;

/** Adds `scalyr-otel run`. */
export function registerRun(program: Command): void {
  program
    .command('run')
    .summary('run the collector in the foreground')
    .description(
      'Runs the collector in the foreground, made for systemd and containers: its diagnostic log goes to stderr and to\n' +
        'scalyr-otel.log in agent_log_path.',
    )
    .option('--config <file>', 'configuration file', 'agent.json')
    .addOption(new Option('--log-format <format>', 'of stderr').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--log-level <level>', 'least important messages to log')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addHelpText('after', NOTES)
    .action(async (options: RunOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: RunOptions): Promise<number> {
  const { readConfiguration } = await import('./read-configuration.ts');
  const configuration = readConfiguration(options.config);
  if (configuration === undefined) return EXIT.usage;
  const { runAgent } = await import('./run-agent.ts');
  return runAgent(configuration, options);
}
