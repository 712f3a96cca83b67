import type { Writable } from 'node:stream';
import { ExportPrinter } from '../receiver/export-printer.ts';
import type { Misbehaviour } from '../receiver/misbehaviour.ts';
import { printable } from '../receiver/printable.ts';
import type { Totals } from '../receiver/received-store.ts';
import { startReceiver, type RequestRefusal } from '../receiver/receiver.ts';
import type { ReceiveOptions } from './receive-options.ts';

/** What the command has of the process. */
export interface ReceiveSurroundings {
  /** What arrives goes here. */
  readonly output: Writable;
  /** What there is to say about the receiver itself goes here. */
  readonly messages: Writable;
  /** Aborts when the receiver shall stop. */
  readonly stopped: AbortSignal;
}

/** Receives until Ctrl-C, SIGTERM, or until nobody reads the output any more. */
export async function receiveOnTerminal(options: ReceiveOptions): Promise<void> {
  await receive(options, { output: process.stdout, messages: process.stderr, stopped: stopOfProcess() });
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
