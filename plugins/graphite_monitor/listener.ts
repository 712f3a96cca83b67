import net from 'node:net';
import { Connection } from './connection.ts';
import type { ConnectionSetup } from './connection.ts';

export interface ListenerSetup extends Omit<ConnectionSetup, 'onClosed'> {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Name of the option that has the port. */
  readonly portOption: string;
  /** Listen on 127.0.0.1 only, or else on all addresses. */
  readonly isLocal: boolean;
  /** More are refused. */
  readonly maxConnections: number;
}

/** Accepts TCP connections on a port and hands on what they send. Nothing is ever sent back. */
export class Listener {
  readonly #setup: ListenerSetup;
  readonly #server = net.createServer();
  readonly #connections = new Set<Connection>();

  constructor(setup: ListenerSetup) {
    this.#setup = setup;
    this.#server.maxConnections = setup.maxConnections;
    this.#server.on('connection', (socket) => {
      const connection = new Connection(socket, {
        ...setup,
        onClosed: () => void this.#connections.delete(connection),
      });
      this.#connections.add(connection);
    });
    this.#server.on('drop', () => {
      setup.dropped.add('tooManyConnections', () => this.#refusal());
    });
  }

  /** The port on which it listens from now on. Rejects with what the user may do. */
  listen(): Promise<number> {
    const { port, isLocal } = this.#setup;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => reject(this.#cannotListen(error));
      this.#server.once('error', fail);
      this.#server.listen({ port, ...(isLocal && { host: '127.0.0.1' }) }, () => {
        this.#server.off('error', fail).on('error', (error) => this.#cannotAccept(error));
        const address = this.#server.address();
        resolve(typeof address === 'object' ? (address?.port ?? port) : port);
      });
    });
  }

  /** Closes all connections; resolves when they are closed. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    await closed;
  }

  #cannotListen(error: NodeJS.ErrnoException): Error {
    const { port, portOption, isLocal } = this.#setup;
    const [found, wanted] = REASONS.get(error.code ?? '') ?? [error.message, 'choose'];
    const place = isLocal ? `127.0.0.1:${port}` : `port ${port}`;
    return new Error(`Cannot listen on ${place}: ${found}; ${wanted} another port with "${portOption}"`, {
      cause: error,
    });
  }

  #cannotAccept(error: Error): void {
    const { portOption, dropped } = this.#setup;
    dropped.add(
      'cannotAccept',
      () => `Cannot accept a connection to ${portOption}: ${error.message}; raise the limit of open files`,
    );
  }

  #refusal(): string {
    const { portOption, maxConnections } = this.#setup;
    return (
      `Refused a connection to ${portOption}: ${maxConnections} are open, as many as may be; let clients close theirs, ` +
      'or raise "max_connections"'
    );
  }
}

/** What was found, and what to do, by the code of the error. */
const REASONS: ReadonlyMap<string, readonly [found: string, wanted: string]> = new Map([
  ['EADDRINUSE', ['another program or instance has the port', 'stop that, or choose']],
  ['EACCES', ['permission denied', 'let the collector listen on ports below 1024, or choose']],
]);
