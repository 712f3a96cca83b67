import type { Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { LineBlock } from '../../metric-line/line-block.ts';
import { FrameReader } from '../frame-reader.ts';
import type { UnsentBytes } from './launched-process.ts';

/** How long the end of a dead process's lines is waited for: something it left behind may hold the channel open. */
const REST_DEADLINE_MS = 1000;

/**
 * Lines that come out of a process. At most one buffer of the stream is held here; what is not drained stays in the
 * channel, and when that is full, the plugin waits.
 */
export class ProcessLines {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #reader: FrameReader;
  readonly #rest: Buffer[] = [];
  #received = 0;

  constructor(socket: Socket, options: { monitor: string; clock: Clock; onReadable: () => void }) {
    this.#socket = socket;
    this.#clock = options.clock;
    this.#reader = new FrameReader(options.monitor, () => this.#read());
    socket.on('readable', () => options.onReadable());
    // The process went with its end of the channel: its exit says so.
    socket.on('error', () => {});
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.#reader.drain(maxBytes);
  }

  /**
   * Takes in what the channel still holds of a process that is dead, a few hundred kilobytes at most, and what it had no
   * time to send.
   */
  async takeRest(unsent?: UnsentBytes): Promise<void> {
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        cancel();
        resolve();
      };
      const cancel = this.#clock.schedule(finish, REST_DEADLINE_MS);
      this.#socket.on('readable', () => this.#keepRest());
      this.#socket.once('close', finish);
      this.#keepRest();
      if (this.#socket.closed) finish();
    });
    this.#socket.destroy();
    if (unsent === undefined) return;
    const missing = unsent.bytes.subarray(Math.max(0, this.#received - unsent.offset));
    if (missing.length > 0) this.#rest.push(missing);
  }

  get hasRest(): boolean {
    return this.#rest.length > 0;
  }

  #keepRest(): void {
    for (let chunk = this.#readChunk(); chunk !== undefined; chunk = this.#readChunk()) {
      this.#rest.push(chunk);
    }
  }

  #read(): Buffer | undefined {
    return this.#rest.shift() ?? this.#readChunk();
  }

  #readChunk(): Buffer | undefined {
    const chunk: unknown = this.#socket.read();
    if (!(chunk instanceof Buffer)) return undefined;
    this.#received += chunk.length;
    return chunk;
  }
}
