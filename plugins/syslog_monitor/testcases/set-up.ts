import dgram from 'node:dgram';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { DriveInput } from '../../../test/unit/plugins/run-testcase.ts';
import type { Listener } from '../listener.ts';
import type { SyslogMonitor } from '../syslog_monitor.ts';

/** The ports that are open, by protocol. */
const ports = new WeakMap<SyslogMonitor, Map<string, number>>();

/** Opens any free ports of 127.0.0.1, one after the other, in the place of those that the entry names. */
export function setUp(monitor: SyslogMonitor): void {
  const { listen } = monitor;
  const open = new Map<string, number>();
  ports.set(monitor, open);
  let previous: Promise<unknown> = Promise.resolve();
  monitor.listen = (address, settings, intake) => {
    if (address.host.includes(':')) return Promise.reject(noIpv6());
    const listener = previous.then(() => listen({ ...address, host: '127.0.0.1', port: 0 }, settings, intake));
    previous = listener;
    return listener.then(({ port, closed }): Listener => {
      open.set(address.protocol, port);
      return { port: address.port, closed };
    });
  };
}

/** Sends each file `*.tcp` over a connection of its own, and each `*.udp` as a datagram, in the order of their names. */
export async function drive(monitor: SyslogMonitor, { folder, context }: DriveInput): Promise<void> {
  for (const file of readdirSync(folder).sort()) {
    const protocol = path.extname(file).slice(1);
    if (protocol !== 'tcp' && protocol !== 'udp') continue;
    await context.until(() => ports.get(monitor)?.has(protocol) === true);
    const port = ports.get(monitor)?.get(protocol) ?? 0;
    const { length } = context.lines;
    await (protocol === 'tcp' ? sendStream : sendDatagram)(readFileSync(path.join(folder, file)), port);
    await context.until(({ lines }) => lines.length > length);
  }
}

/** The other side closes the connection when it has taken everything. */
async function sendStream(bytes: Buffer, port: number): Promise<void> {
  const socket = net.connect(port, '127.0.0.1').resume();
  socket.end(bytes);
  await once(socket, 'close');
}

async function sendDatagram(bytes: Buffer, port: number): Promise<void> {
  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve));
  socket.close();
}

function noIpv6(): Error {
  return Object.assign(new Error('no IPv6'), { code: 'EADDRNOTAVAIL' });
}
