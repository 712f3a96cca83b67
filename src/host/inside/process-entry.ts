import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { encodeGuestMessage, type GuestMessage } from '../guest-message.ts';
import { parseHostMessage } from '../host-message.ts';
import { MessageLines } from '../process/message-lines.ts';
import { LINES_FD, MESSAGES_FD } from '../process/process-channels.ts';
import { describeThrown } from './describe-thrown.ts';
import { LineChannel } from './line-channel.ts';
import { MonitorRunner } from './monitor-runner.ts';

/* What a monitor's own process starts with. The protocol is written down in docs/host-protocol.md. */

const lifeline = new Worker(new URL('lifeline-entry.js', import.meta.url), { execArgv: [], env: {} });
lifeline.unref();

const exit = process.exit.bind(process);
const messages = new Socket({ fd: MESSAGES_FD, readable: true, writable: true });
const lines = new LineChannel(LINES_FD);
const received = new MessageLines();

/** A small message is in the channel when `write` returns, so it arrives even when the process ends right after. */
const send = (message: GuestMessage): void => {
  messages.write(`${encodeGuestMessage(message)}\n`);
};

/** What the plugin printed waits in this process while its pipe is full. */
async function exitWhenAllIsWritten(): Promise<void> {
  await Promise.all([process.stdout, process.stderr, messages].map(written));
  exit(0);
}

function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

const runner = new MonitorRunner({
  send,
  writeLine: (line, signal) => lines.write(line, signal),
  exit: () => void exitWhenAllIsWritten(),
});

process.on('uncaughtExceptionMonitor', (error) => {
  const { message, stack } = describeThrown(error);
  send({
    type: 'crash',
    message: `Uncaught exception: ${message}`,
    ...(stack === undefined ? {} : { stack }),
  });
});

messages.on('error', () => {});
messages.on('data', (chunk: Buffer) => {
  for (const text of received.push(chunk)) {
    const message = parseHostMessage(text);
    if (message !== undefined) runner.handle(message);
  }
});
