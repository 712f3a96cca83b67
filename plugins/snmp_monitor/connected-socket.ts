import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import type { SendArguments, SessionSocket } from './driver.ts';

export interface ConnectedSocketSetup {
  readonly host: string;
  readonly port: number;
  /** Told when the peer refuses, or when what it sends cannot be worked on. */
  readonly onFailure: (error: Error) => void;
}

/**
 * A UDP socket that is connected to one peer: answers from elsewhere are not taken, a port where nothing listens is
 * known at once, and what a listener throws about a malformed datagram is a failure of this peer and not of the process.
 * Rejects when the host is not known.
 */
export async function openConnectedSocket({
  host,
  port,
  onFailure,
}: ConnectedSocketSetup): Promise<SessionSocket> {
  // Most devices answer over IPv4 only, also where their name has an IPv6 address.
  const { address, family } = await lookup(host, { order: 'ipv4first' });
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    const connected = once(socket, 'connect');
    socket.connect(port, address);
    await connected;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('error', onFailure);
  return face(socket, onFailure);
}

function face(socket: Socket, onFailure: (error: Error) => void): SessionSocket {
  let isClosed = false;
  return {
    on: (event, listener) =>
      event === 'error' ? undefined : socket.on(event, contained(listener, onFailure)),
    send: (...[bytes, offset, length, , , done]: SendArguments) => {
      socket.send(bytes, offset, length, (error) =>
        done(error ?? (isClosed ? new Error('the socket was closed') : null)),
      );
    },
    ref: () => socket.ref(),
    unref: () => socket.unref(),
    close: () => {
      isClosed = true;
      return socket.close();
    },
  };
}

function contained(
  listener: (...args: unknown[]) => void,
  onFailure: (error: Error) => void,
): (...args: unknown[]) => void {
  return (...args) => {
    try {
      listener(...args);
    } catch (error) {
      onFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
}
