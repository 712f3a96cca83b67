import { parentPort, workerData } from 'node:worker_threads';
import { encodeGuestMessage } from '../guest-message.ts';
import { parseHostMessage } from '../host-message.ts';
import { asFields } from '../json-fields.ts';
import { RingWriter } from '../ring-writer.ts';
import { MonitorRunner } from './monitor-runner.ts';

/* What a monitor's worker thread starts with. Each thread pays for what is imported here: nothing heavy. */

const port = parentPort;
const ring = asFields(workerData)?.['ring'];
if (port === null || !(ring instanceof SharedArrayBuffer))
  throw new Error('Cannot run outside of a worker-thread host');

process.setSourceMapsEnabled(true);
const lines = new RingWriter(ring, { wake: () => port.postMessage(null) });
const exit = process.exit.bind(process);

const runner = new MonitorRunner({
  send: (message) => port.postMessage(encodeGuestMessage(message)),
  writeLine: (line, signal) => void lines.write(line, signal),
  exit: () => exit(0),
});

port.on('message', (text: unknown) => {
  const message = parseHostMessage(text);
  if (message !== undefined) runner.handle(message);
});
