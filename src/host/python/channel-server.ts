import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One connection each; they say which they are when they are made. */
const ROLES = ['lines', 'messages', 'lifeline', 'stdout', 'stderr'] as const;

type Role = (typeof ROLES)[number];

export type Channels = Readonly<Record<Role, Socket>>;

/** Longest path of a socket, on the system where it is shortest. */
const MAX_PATH_BYTES = 103;

/** Longest first line of a connection: a token, a blank, a role, a line feed. */
const MAX_GREETING_BYTES = 64;

interface Expected {
  readonly arrived: Map<Role, Socket>;
  readonly resolve: (channels: Channels) => void;
}

/**
 * Where new processes connect to. The socket lies in a folder that only this user can enter, and a connection belongs to
 * the monitor whose token it names; all others are closed.
 */
export class ChannelServer {
  readonly path: string;
  readonly #server: Server;
  readonly #expected = new Map<string, Expected>();

  /** Starts to listen. Rejects when there is no place for the socket. */
  static async listen(): Promise<ChannelServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'scalyr-otel-'));
    const socketPath = path.join(folder, 's');
    if (Buffer.byteLength(socketPath) > MAX_PATH_BYTES) {
      await rm(folder, { recursive: true });
      throw new Error(
        `Cannot make a socket in "${tmpdir()}": found a path of ${Buffer.byteLength(socketPath)} bytes, ` +
          `wanted at most ${MAX_PATH_BYTES}; set TMPDIR to a shorter one`,
      );
    }
    const server = new ChannelServer(socketPath);
    await server.#listen();
    return server;
  }

  private constructor(socketPath: string) {
    this.path = socketPath;
    this.#server = createServer({ pauseOnConnect: true }, (socket) => this.#greet(socket));
    this.#server.on('error', () => {});
    this.#server.unref();
  }

  /** Makes a token; the promise resolves when all channels with that token are there. */
  expect(): { readonly token: string; readonly channels: Promise<Channels> } {
    const token = randomBytes(16).toString('hex');
    const channels = new Promise<Channels>((resolve) => {
      this.#expected.set(token, { arrived: new Map(), resolve });
    });
    return { token, channels };
  }

  /** Closes what has arrived with a token, and what still comes. Does no harm when all had arrived. */
  forget(token: string): void {
    const expected = this.#expected.get(token);
    this.#expected.delete(token);
    for (const socket of expected?.arrived.values() ?? []) socket.destroy();
  }

  /** Takes no more connections; those that were handed over stay open. */
  async close(): Promise<void> {
    this.#server.close();
    for (const token of this.#expected.keys()) this.forget(token);
    await rm(path.dirname(this.path), { recursive: true, force: true });
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.path, resolve);
    });
  }

  /** Reads the first line of a connection byte by byte: what follows is not ours. */
  #greet(socket: Socket): void {
    let greeting = '';
    const read = (): void => {
      for (let byte = readByte(socket); byte !== undefined; byte = readByte(socket)) {
        if (byte === '\n' || greeting.length > MAX_GREETING_BYTES) {
          socket.off('readable', read);
          this.#assign(socket, greeting);
          return;
        }
        greeting += byte;
      }
    };
    socket.on('error', () => {});
    socket.on('readable', read);
  }

  #assign(socket: Socket, greeting: string): void {
    const [token = '', name] = greeting.split(' ');
    const role = ROLES.find((known) => known === name);
    const expected = this.#expected.get(token);
    if (role === undefined || expected === undefined || expected.arrived.has(role)) {
      socket.destroy();
      return;
    }
    expected.arrived.set(role, socket);
    const { lines, messages, lifeline, stdout, stderr } = Object.fromEntries<Socket | undefined>(
      expected.arrived,
    );
    if (!lines || !messages || !lifeline || !stdout || !stderr) return;
    this.#expected.delete(token);
    expected.resolve({ lines, messages, lifeline, stdout, stderr });
  }
}

function readByte(socket: Socket): string | undefined {
  const byte: unknown = socket.read(1);
  return byte instanceof Buffer ? byte.toString('latin1') : undefined;
}
