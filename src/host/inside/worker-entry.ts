import { parentPort } from 'node:worker_threads';
import { encodeGuestMessage } from '../guest-message.ts';
import { parseHostMessage } from '../host-message.ts';
import { RingWriter } from '../thread/ring-writer.ts';
import {
  OUT_OF_MEMORY_EXIT_CODE,
  parseToThread,
  type FromThread,
  type ToThread,
} from '../thread/thread-message.ts';
import { MonitorRunner, type ExitReason } from './monitor-runner.ts';

/* What a thread with monitors in it starts with. Each thread pays for what is imported here: nothing heavy. */

const port = parentPort;
if (port === null) throw new Error('Cannot run outside of a worker-thread host');

process.setSourceMapsEnabled(true);
const exit = process.exit.bind(process);
const post = (message: FromThread): void => port.postMessage(message);
const runners = new Map<number, MonitorRunner>();

/** A monitor that has left is not heard any more, whatever it has left running. */
function join(member: number, ring: SharedArrayBuffer): void {
  const lines = new RingWriter(ring, { wake: () => post({ kind: 'readable', member }) });
  const runner = new MonitorRunner({
    send: (message) => {
      if (runners.has(member)) post({ kind: 'message', member, text: encodeGuestMessage(message) });
    },
    writeLine: (line, signal) => {
      if (runners.has(member)) lines.write(line, signal);
    },
    exit: (reason) => leave(member, reason),
  });
  runners.set(member, runner);
}

/** All monitors of a thread have one memory: when it is used up, they go together. */
function leave(member: number, reason: ExitReason): void {
  if (reason === 'out-of-memory') exit(OUT_OF_MEMORY_EXIT_CODE);
  if (runners.delete(member)) post({ kind: 'left', member, wasEvicted: reason === 'abandoned' });
}

function handle(message: ToThread): void {
  switch (message.kind) {
    case 'join':
      join(message.member, message.ring);
      return;
    case 'message':
      tell(message.member, message.text);
      return;
    case 'evict':
      runners.get(message.member)?.abandon();
      return;
    case 'end':
      exit(0);
  }
}

function tell(member: number, text: string): void {
  const message = parseHostMessage(text);
  if (message !== undefined) runners.get(member)?.handle(message);
}

port.on('message', (message: unknown) => {
  const parsed = parseToThread(message);
  if (parsed !== undefined) handle(parsed);
});
