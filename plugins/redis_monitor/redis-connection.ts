import net from 'node:net';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { ReplyError, parseReply } from './parse-reply.ts';
import type { Reply } from './parse-reply.ts';

/** A Redis server, as an element of `hosts` gives it. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: boolean;
}

export interface ConnectOptions {
  /** Seconds to wait for the connection, and for each reply. */
  readonly timeoutSecs: number;
  /** Closes the connection when it aborts. */
  readonly signal: AbortSignal;
}

/** What a monitor needs of a connection. */
export interface Redis {
  /** False once it is broken or closed: then another one is needed. */
  readonly isOpen: boolean;
  /** Sends a command and waits for its reply; one at a time. Rejects when the connection breaks. */
  call(...command: readonly string[]): Promise<Reply>;
  close(): void;
}

/** The connection to a server broke, or it refused what it must not refuse. The message is for the user. */
export class RedisFailure extends Error {}

const LONGEST_REPLY = 64 * 1024 * 1024;

/** Connects and logs in where the address has a password. Rejects with RedisFailure. */
export async function connectRedis(address: RedisAddress, options: ConnectOptions): Promise<Redis> {
  const connection = new SocketConnection(address, options);
  try {
    await connection.opened();
    if (address.password !== undefined) await logIn(connection, address, address.password);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function logIn(connection: Redis, { username }: RedisAddress, password: string): Promise<void> {
  const reply = await connection.call('AUTH', ...(username === undefined ? [] : [username]), password);
  if (!(reply instanceof ReplyError)) return;
  throw new RedisFailure(`${reply.message}; correct the password and the username of this host`);
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (failure: RedisFailure) => void;
}

class SocketConnection implements Redis {
  readonly #socket: Socket;
  readonly #options: ConnectOptions;
  readonly #readyEvent: 'connect' | 'secureConnect';
  readonly #stop = (): void => this.#break(new RedisFailure('the monitor is being stopped'));
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #waiting: Waiting | undefined;
  #failure: RedisFailure | undefined;

  constructor({ host, port, tls: isSecure = false }: RedisAddress, options: ConnectOptions) {
    this.#options = options;
    this.#readyEvent = isSecure ? 'secureConnect' : 'connect';
    this.#socket = isSecure
      ? tls.connect({ host, port, servername: serverName(host) })
      : net.connect({ host, port });
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', (error) => this.#break(new RedisFailure(reasonOf(error), { cause: error })));
    for (const event of ['end', 'close']) {
      this.#socket.on(event, () => this.#break(new RedisFailure('the server closed the connection')));
    }
    options.signal.addEventListener('abort', this.#stop, { once: true });
    if (options.signal.aborted) this.#stop();
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  async opened(): Promise<void> {
    await this.#within('no connection', (waiting) => {
      this.#socket.once(this.#readyEvent, () => waiting.resolve(null));
    });
  }

  call(...command: readonly string[]): Promise<Reply> {
    return this.#within(`no reply to ${command[0]}`, () => {
      const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
      this.#socket.write(`*${command.length}\r\n${parts.join('')}`);
    });
  }

  close(): void {
    this.#break(new RedisFailure('the connection was closed'));
  }

  async #within(missing: string, begin: (waiting: Waiting) => void): Promise<Reply> {
    const { timeoutSecs } = this.#options;
    const timer = setTimeout(() => {
      this.#break(new RedisFailure(`${missing} within ${timeoutSecs} s`));
    }, timeoutSecs * 1000);
    try {
      return await new Promise<Reply>((resolve, reject) => {
        if (this.#failure !== undefined) throw this.#failure;
        this.#waiting = { resolve, reject };
        begin(this.#waiting);
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > LONGEST_REPLY) {
      this.#break(new RedisFailure(`a reply is longer than ${LONGEST_REPLY} bytes`));
      return;
    }
    // A reply ends in a line end: until then there is no need to look.
    if (chunk.at(-1) === 0x0a) this.#answer(Buffer.concat(this.#received));
  }

  #answer(bytes: Buffer): void {
    try {
      const parsed = parseReply(bytes);
      this.#received = [bytes];
      if (parsed === undefined) return;
      this.#received = [];
      this.#receivedBytes = 0;
      this.#waiting?.resolve(parsed.reply);
    } catch (error) {
      this.#break(new RedisFailure(error instanceof Error ? error.message : String(error), { cause: error }));
    }
  }

  /** The first reason counts: what follows comes from it. */
  #break(failure: RedisFailure): void {
    this.#failure ??= failure;
    this.#options.signal.removeEventListener('abort', this.#stop);
    this.#socket.destroy();
    this.#waiting?.reject(this.#failure);
  }
}

/** An address of numbers is no name that a certificate could be asked for. */
function serverName(host: string): string {
  return net.isIP(host) === 0 ? host : '';
}

const REASONS = new Map([
  ['ECONNREFUSED', 'connection refused; start Redis, or correct host and port'],
  ['ENOTFOUND', 'the name of the host is not known; correct it'],
  ['EAI_AGAIN', 'the name of the host is not known; correct it'],
  ['ECONNRESET', 'the server closed the connection'],
]);

function reasonOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = REASONS.get(code);
  return reason === undefined ? error.message : `${reason} (${code})`;
}
