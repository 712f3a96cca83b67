import dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Intake } from './intake.ts';
import type { Address, Listener, ListenSettings } from './listener.ts';
import { parseUdpDrops } from './parse-udp-drops.ts';

/** Opens a port for datagrams, each of them a message. */
export async function listenUdp(
  { host, port }: Address,
  settings: ListenSettings,
  intake: Intake,
): Promise<Listener> {
  const isIpv6 = host.includes(':');
  const socket = dgram.createSocket({
    type: isIpv6 ? 'udp6' : 'udp4',
    ipv6Only: isIpv6,
    recvBufferSize: settings.udpReceiveBuffer,
  });
  try {
    socket.bind({ address: host, port, exclusive: true });
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  const bound = { host, port: socket.address().port };
  const countDrops = dropCounter(bound, intake);
  const close = (): void => {
    settings.signal.removeEventListener('abort', close);
    countDrops();
    socket.close();
  };
  const closed = new Promise<void>((resolve, reject) => {
    socket.once('close', resolve);
    socket.once('error', (error) => {
      reject(error);
      close();
    });
  });
  socket.on('message', (bytes) => intake.take(bytes));
  settings.signal.addEventListener('abort', close, { once: true });
  if (settings.signal.aborted) close();
  return { port: bound.port, closed, countDrops };
}

/** Counts what the kernel threw away since the last time; the system says so on Linux only. */
function dropCounter({ host, port }: { host: string; port: number }, intake: Intake): () => void {
  const table = host.includes(':') ? '/proc/net/udp6' : '/proc/net/udp';
  let before = 0;
  return () => {
    const drops = parseUdpDrops(readIfThere(table), { host, port });
    if (drops > before) intake.losses.add('overrun', drops - before);
    before = drops;
  };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
