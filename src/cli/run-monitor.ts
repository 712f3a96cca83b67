import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RunMonitorOptions } from './run-monitor-options.ts';

const NOTES = `
Metric and diagnostic lines go to stdout in the formats of the Scalyr agent's run_monitor. Nothing limits the rate of
the lines here, unlike in a metric log. Ctrl-C ends it.

Examples:
  scalyr-otel run-monitor -c '{ gauss_mean: 8.5 }' random_coin
  scalyr-otel run-monitor -s 1 --samples 3 -p ./my-plugins my_monitor
  scalyr-otel run-monitor --samples 1 --otlp http://127.0.0.1:4318 random_coin

Exit codes: 0 ended as asked, 1 the monitor or each of its samples failed or values could not be delivered,
2 bad options or configuration.`;

/** Adds `scalyr-otel run-monitor`. */
export function registerRunMonitor(program: Command): void {
  program
    .command('run-monitor')
    .summary('run one monitor, for testing it')
    .description(
      'Runs one monitor and prints what it emits, as the run_monitor program of the Scalyr agent does.',
    )
    .argument('<module>', 'module of the monitor; of a dotted name the last part counts')
    .option('-p, --monitor-python-path <path>', 'folder to search for the module besides the usual ones', '.')
    .option('-c, --monitor-config <json>', 'configuration of the monitor, without its module', '{}')
    .option('-a, --agent-config <file>', 'agent.json whose global settings shall count')
    .addOption(
      new Option('-d, --debug-level <level>', '0 to 5')
        .default(0)
        .argParser((text) => parseNumber(text, [0, 5])),
    )
    .addOption(
      new Option(
        '-s, --monitor-sample-interval <secs>',
        'seconds between samples, where the configuration has none',
      )
        .default(5)
        .argParser((text) => parseNumber(text, [0.001, 2_000_000])),
    )
    .option('--samples <n>', 'end after so many samples', (text) => parseNumber(text, [1, 1e9]))
    .option('--otlp <url>', 'deliver to this base endpoint too, all of it before it ends')
    .addOption(
      new Option('--otlp-timeout <secs>', 'give up what could not be delivered so long after the last sample')
        .default(30)
        .argParser((text) => parseNumber(text, [0, 86_400])),
    )
    .addHelpText('after', NOTES)
    .action(async (module: string, options: RunMonitorOptions) => {
      const { runMonitor } = await import('./run-lone-monitor.ts');
      process.exitCode = await runMonitor(module, options);
    });
}

function parseNumber(text: string, [min, max]: readonly [number, number]): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= min && number <= max)) {
    throw new InvalidArgumentError(`Must be a number between ${min} and ${max}.`);
  }
  return number;
}
