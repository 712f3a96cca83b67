import type { Socket } from 'node:net';
import { FrameReader } from './frame-reader.ts';
import type { Intake } from './intake.ts';
import type { ListenSettings } from './listener.ts';

/** A connection that messages come over. */
export class TcpConnection {
  readonly #socket: Socket;
  readonly #intake: Intake;
  readonly #reader: FrameReader;
  readonly #incompleteMs: number;
  /** Runs while a part of a message waits, from the moment its first byte came. */
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, settings: ListenSettings, intake: Intake) {
    this.#socket = socket;
    this.#intake = intake;
    this.#incompleteMs = settings.incompleteSecs * 1000;
    this.#reader = new FrameReader({
      delimiter: Buffer.from(settings.delimiter),
      maxBytes: settings.maxMessageBytes,
      readsLengths: settings.readsLengths,
    });
    socket.setTimeout(settings.idleSecs * 1000, () => this.close());
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // 'close' follows, and there is nobody to tell
    socket.on('error', () => undefined);
    socket.on('close', () => this.close());
  }

  /** Takes what is left and closes the connection. */
  close(): void {
    clearTimeout(this.#timer);
    const rest = this.#reader.flush();
    if (rest !== undefined) this.#intake.take(rest.bytes, { isRest: rest.isRest });
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const frames = this.#reader.push(chunk);
    for (const { bytes, isRest, isEnd } of frames) {
      this.#intake.take(bytes, { isRest, loss: isRest || isEnd ? undefined : 'split' });
    }
    if (frames.length > 0) this.#stopTimer();
    if (this.#reader.isWaiting) this.#timer ??= setTimeout(() => this.#giveUpWaiting(), this.#incompleteMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #giveUpWaiting(): void {
    this.#timer = undefined;
    const part = this.#reader.flush();
    if (part !== undefined) this.#intake.take(part.bytes, { isRest: part.isRest, loss: 'incomplete' });
  }
}
