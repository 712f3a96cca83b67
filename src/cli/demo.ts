import { InvalidArgumentError, type Command } from 'commander';

const NOTES = `
Starts the collector on otel-config/demo.json and an OTLP receiver on loopback, so that a value is seen twice:

  scalyr  a line of the metric log, as a Scalyr agent would have written it
  otlp    the same value as the receiver got it: a data point with its attributes
  ledger  what became of all values so far

Of this machine's own values, which come a hundred at a time, only the first are shown, and as data points only.

Its files are in a temporary folder, which goes when it ends.`;

/** Adds `scalyr-otel demo`, which is what `npm start` runs. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .summary('show the collector at work, with nothing else needed')
    .description(
      'Runs sample monitors in TypeScript and Python and shows each value of theirs as a Scalyr line and as an OTLP data point.',
    )
    .option('--for <seconds>', 'end by itself', parseSeconds)
    .addHelpText('after', NOTES)
    .action(async (options: { readonly for?: number }) => {
      const { runDemo } = await import('./run-demo.ts');
      process.exitCode = await runDemo(options.for);
    });
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 2_000_000))
    throw new InvalidArgumentError('wanted a number of seconds above 0');
  return seconds;
}
