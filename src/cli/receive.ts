import type { Writable } from 'node:stream';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ExportPrinter } from '../receiver/export-printer.ts';
import type { Misbehaviour } from '../receiver/misbehaviour.ts';
import { printable } from '../receiver/printable.ts';
import type { Totals } from '../receiver/received-store.ts';
import { startReceiver, type RequestRefusal } from '../receiver/receiver.ts';
import { reasonOf } from '../receiver/reason-of.ts';

/** Options of `scalyr-otel receive`, checked. */
export interface ReceiveOptions {
  readonly port: number;
  readonly host: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly control?: boolean;
  readonly fail?: { readonly status: number; readonly requests?: number };
  readonly retryAfter?: number;
  readonly delay?: number;
  readonly reject?: string;
  readonly rejectWith: 'partial-success' | 'bad-request';
}

/** What the command has of the process. */
export interface ReceiveSurroundings {
  /** What arrives goes here. */
  readonly output: Writable;
  /** What there is to say about the receiver itself goes here. */
  readonly messages: Writable;
  /** Aborts when the receiver shall stop. */
  readonly stopped: AbortSignal;
}

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
      await receive(options, { output: process.stdout, messages: process.stderr, stopped: stopOfProcess() });
    });
}

/** Receives until told to stop. */
export async function receive(options: ReceiveOptions, surroundings: ReceiveSurroundings): Promise<void> {
  const { output, messages, stopped } = surroundings;
  const { host, port, control = false, quiet = false, json = false } = options;
  const printer = new ExportPrinter(output, { asJson: json });
  const receiver = await startReceiver({
    host,
    port,
    control,
    ...(quiet
      ? { decode: 'count' }
      : {
          onExport: (received) => printer.print(received),
          onRefusal: (refusal) => messages.write(`${describeRefusal(refusal)}\n`),
        }),
  });
  for (const misbehaviour of misbehavioursOf(options)) receiver.misbehave(misbehaviour);
  messages.write(`Receiving OTLP at ${receiver.url}, Ctrl-C ends it\n`);
  await aborted(stopped);
  await receiver.close();
  messages.write(`${describeTotals(receiver.totals)}\n`);
}

function misbehavioursOf({ fail, retryAfter, delay, reject, rejectWith }: ReceiveOptions): Misbehaviour[] {
  const slowly = delay === undefined ? {} : { delayMs: delay };
  const misbehaviours: Misbehaviour[] = [];
  if (fail !== undefined) {
    misbehaviours.push({
      kind: 'status',
      ...fail,
      ...(retryAfter !== undefined && { retryAfter }),
      ...slowly,
    });
  }
  if (reject !== undefined) {
    misbehaviours.push({ kind: 'reject', name: reject, answer: rejectWith, ...slowly });
  } else if (delay !== undefined) {
    misbehaviours.push({ kind: 'slow', ...slowly });
  }
  return misbehaviours;
}

function describeRefusal({ method, path, status, message }: RequestRefusal): string {
  return printable(`${method} ${path}: ${status === undefined ? message : `${status} ${message}`}`);
}

function describeTotals({ points, logs, requests, rejected, refusedRequests }: Totals): string {
  const taken = `Received ${count(points, 'data point')} and ${count(logs, 'log record')}`;
  return `${taken} in ${count(requests, 'request')}; ${rejected} rejected, ${count(refusedRequests, 'request')} refused`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Aborts at SIGINT and SIGTERM, and when nobody reads the output any more (`| head`). */
function stopOfProcess(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.on('error', stop);
  process.stderr.on('error', stop);
  return controller.signal;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
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
