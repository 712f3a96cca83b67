import { once } from 'node:events';
import type { Server } from 'node:http';
import { reasonOf } from './reason-of.ts';

/** Starts to listen; resolves with the server's base URL, rejects with an Error that says why not and what to do. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`Cannot listen on "${host}:${port}": ${listenProblem(error)}`, { cause: error });
  }
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${reachableHost(host)}:${actualPort}`;
}

function listenProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return 'another program listens there: stop it or choose another port (0 takes any free one)';
    case 'EACCES':
      return 'not permitted: ports below 1024 need privileges, choose a higher one';
    case 'EADDRNOTAVAIL':
      return 'this machine has no such address: choose 127.0.0.1, 0.0.0.0 or one of its own';
    case 'ENOTFOUND':
      return 'there is no such host: choose 127.0.0.1, 0.0.0.0 or an address of this machine';
    default:
      return reasonOf(error);
  }
}

/** A wildcard address is where a server listens, not where a client can go. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
