import { once } from 'node:events';
import net from 'node:net';
import type { Intake } from './intake.ts';
import type { Address, Listener, ListenSettings } from './listener.ts';
import { TcpConnection } from './tcp-connection.ts';

/** Seconds of silence after which the kernel asks whether the other side is still there. */
const KEEP_ALIVE_SECS = 60;

/** Opens a port for connections. */
export async function listenTcp(
  { host, port }: Address,
  settings: ListenSettings,
  intake: Intake,
): Promise<Listener> {
  const server = net.createServer({ keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_SECS * 1000 });
  const connections = new Set<TcpConnection>();
  server.maxConnections = settings.maxConnections;
  server.on('drop', () => intake.losses.add('refused'));
  server.on('connection', (socket) => {
    const connection = new TcpConnection(socket, settings, intake);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  server.listen({ host, port, ipv6Only: true });
  await once(server, 'listening');
  // What comes after that are connections that could not be accepted; the port stays open.
  server.on('error', () => intake.losses.add('notAccepted'));
  const closed = new Promise<void>((resolve) => {
    server.once('close', () => {
      settings.signal.removeEventListener('abort', stop);
      resolve();
    });
  });
  const stop = (): void => {
    server.close();
    for (const connection of connections) connection.close();
  };
  const address = server.address();
  settings.signal.addEventListener('abort', stop, { once: true });
  if (settings.signal.aborted) stop();
  return { port: typeof address === 'object' ? (address?.port ?? port) : port, closed };
}
