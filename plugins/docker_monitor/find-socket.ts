import { existsSync } from 'node:fs';
import { HttpFailure } from 'scalyr-otel-bridge';
import { DOCUMENTED_SOCKET } from './options.ts';

/**
 * The socket to ask: the configured one, or, where that is the default and not there, the one that Docker makes. Throws
 * HttpFailure when neither is there.
 */
export function findSocket(configured: string, usual: string): string {
  if (configured !== DOCUMENTED_SOCKET || existsSync(configured)) return configured;
  if (existsSync(usual)) return usual;
  throw new HttpFailure(
    `Cannot find the socket of a Docker engine: neither "${configured}" nor "${usual}" is there; start Docker, mount ` +
      'its socket into the container in which the collector runs, or set api_socket',
  );
}
