import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { DriveInput } from '../../../test/unit/plugins/run-testcase.ts';
import type { GraphiteMonitor } from '../graphite_monitor.ts';

const listening = new WeakMap<GraphiteMonitor, Promise<readonly number[]>>();

/** The clock stands at 1 s before noon of 2023-11-15, UTC. */
export function setUp(monitor: GraphiteMonitor): void {
  monitor.now = () => 1_700_049_599_000;
  listening.set(monitor, new Promise((resolve) => (monitor.onListening = resolve)));
}

/** Sends each file, `1.plaintext`, `2.pickle` …, over a connection of its own; the first port is that of plaintext. */
export async function drive(monitor: GraphiteMonitor, { folder }: DriveInput): Promise<void> {
  const [plaintext = 0, pickle = 0] = (await listening.get(monitor)) ?? [];
  const files = readdirSync(folder).filter((name) => /^\d+\.(plaintext|pickle)$/.test(name));
  for (const file of files.sort()) {
    await send(file.endsWith('.pickle') ? pickle : plaintext, readFileSync(path.join(folder, file)));
  }
}

/** Resolves when the monitor has read everything and closed the connection. */
function send(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined).on('close', () => resolve());
    socket.resume().end(bytes);
  });
}
