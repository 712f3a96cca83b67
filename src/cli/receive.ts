import { InvalidArgumentError, Option, type Command } from 'commander';
import { reasonOf } from '../receiver/reason-of.ts';
import type { ReceiveOptions } from './receive-options.ts';

const EXAMPLES = `
Examples:
  scalyr-otel receive                       print what a collector sends to http://127.0.0.1:4318
  scalyr-otel receive --json | jq .value    one JSON object for each point and log record
  scalyr-otel receive --fail 503:10         refuse ten requests, then behave: nothing may be missing
  scalyr-otel receive --reject '^cpu\\.'     reject points by name in a partial success
  scalyr-otel receive --control             steer it while it runs:
    curl -H 'Content-Type: application/json' -d '{"kind":"slow","delayMs":20000,"requests":1}' \\
      http://127.0.0.1:4318/control/misbehave
    curl -X DELETE http://127.0.0.1:4318/control/misbehave
    curl http://127.0.0.1:4318/control/totals
  Orders: {"kind":"status","status":429,"retryAfter":5}, {"kind":"reject","name":"^cpu","answer":"bad-request"},
  {"kind":"slow","delayMs":1000,"trickleMs":500}, {"kind":"close"}, {"kind":"garbage"}, {"kind":"redirect"};
  each with "requests", "forMs", "signal" ("metrics" or "logs") and "delayMs" as wanted.`;

/** Adds `scalyr-otel receive`. The action throws an Error with a clear message when it cannot listen. */
export function registerReceive(program: Command): void {
  program
    .command('receive')
    .summary('receive OTLP over HTTP and print what arrives')
    .description(
      'Receives OTLP over HTTP (POST /v1/metrics and /v1/logs, protobuf and JSON, gzip) and prints each data point and ' +
        'log record on stdout; what there is to say about the receiver goes to stderr. Keeps nothing. Ends with Ctrl-C ' +
        'or SIGTERM and says how much came. For looking at what a collector sends, and for testing how it takes trouble.',
    )
    .addOption(
      new Option('--port <port>', 'port to listen on, 0 for any free one').default(4318).argParser(parsePort),
    )
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--json', 'print one JSON object a line')
    .option('--quiet', 'print the totals only; protobuf bodies are counted, not checked')
    .option('--control', 'let clients steer the receiver below /control/')
    .option('--fail <status[:count]>', 'answer this status, to the next count requests or to all', parseFail)
    .option('--retry-after <seconds>', 'with --fail: send this Retry-After', parseWhole)
    .option('--delay <ms>', 'wait before each answer', parseWhole)
    .option('--reject <pattern>', 'reject points and log records whose name matches', parsePattern)
    .addOption(
      new Option('--reject-with <answer>', 'how: only those, or the whole request')
        .choices(['partial-success', 'bad-request'])
        .default('partial-success'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReceiveOptions) => {
      const { receiveOnTerminal } = await import('./run-receive.ts');
      await receiveOnTerminal(options);
    });
}

function parsePort(text: string): number {
  const port = parseWhole(text);
  if (port > 65_535) throw new InvalidArgumentError('wanted a port from 0 to 65535');
  return port;
}

function parseWhole(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('wanted a whole number');
  return Number(text);
}

function parseFail(text: string): { status: number; requests?: number } {
  const match = /^([45][0-9]{2})(?::([1-9][0-9]{0,8}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('wanted a status from 400 to 599, as in 503 or 503:10');
  const status = Number(match[1]);
  return match[2] === undefined ? { status } : { status, requests: Number(match[2]) };
}

function parsePattern(text: string): string {
  try {
    return new RegExp(text).source;
  } catch (error) {
    throw new InvalidArgumentError(`wanted a regular expression: ${reasonOf(error)}`);
  }
}
