import type { Socket } from 'node:net';
import type { DroppedInput } from './dropped-input.ts';
import { RequestTooLong } from './requests.ts';
import type { Requests } from './requests.ts';

export interface ConnectionSetup {
  /** Seconds without a whole request after which the connection is closed. */
  readonly idleSecs: number;
  /** Takes what is sent; `peer` is the address at the other end. */
  readonly makeRequests: (peer: string) => Requests;
  readonly dropped: DroppedInput;
  readonly onClosed: () => void;
}

/** A connection of a client that only sends. */
export class Connection {
  readonly #socket: Socket;
  readonly #setup: ConnectionSetup;
  readonly #peer: string;
  readonly #requests: Requests;
  readonly #idle: NodeJS.Timeout;
  readonly #closed: Promise<void>;
  #isTooLong = false;

  constructor(socket: Socket, setup: ConnectionSetup) {
    this.#socket = socket;
    this.#setup = setup;
    this.#peer = socket.remoteAddress?.replace(/^::ffff:/, '') ?? 'a client that is gone';
    this.#requests = setup.makeRequests(this.#peer);
    this.#idle = setTimeout(() => void this.close(), setup.idleSecs * 1000);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => undefined); // it is closed next
    this.#closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#end();
        resolve();
      });
    });
  }

  /** Resolves when it is closed, and what it had not finished is counted. */
  close(): Promise<void> {
    this.#socket.destroy();
    return this.#closed;
  }

  #receive(chunk: Buffer): void {
    try {
      if (this.#requests.receive(chunk)) this.#idle.refresh();
    } catch (error) {
      if (!(error instanceof RequestTooLong)) throw error;
      this.#isTooLong = true;
      void this.close();
      this.#setup.dropped.add(
        'requestTooLong',
        () =>
          `Closed a connection from ${this.#peer}: ${error.message}; correct the sender, or raise "max_request_size"`,
      );
    }
  }

  #end(): void {
    clearTimeout(this.#idle);
    this.#setup.onClosed();
    const { unfinishedBytes } = this.#requests;
    if (unfinishedBytes === 0 || this.#isTooLong) return;
    this.#setup.dropped.add(
      'unfinishedRequest',
      () =>
        `A connection from ${this.#peer} ended before what it sent last was whole: ${unfinishedBytes} bytes are lost`,
    );
  }
}
