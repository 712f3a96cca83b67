import { writeSync } from 'node:fs';
import { errorCode } from '../../log/error-code.ts';
import type { Signal } from '../../metric-line/line-block.ts';
import { encodeFrame } from '../line-frame.ts';

const RETRY_MS = 1;

/**
 * Writes lines to a file descriptor, each at once: a line that was written is not lost when the process dies. Blocks
 * while the channel is full.
 */
export class LineChannel {
  readonly #fd: number;
  readonly #pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(line: string, signal: Signal): void {
    const frame = encodeFrame(line, signal);
    for (let done = 0; done < frame.length;) {
      done += this.#writeSome(frame.subarray(done));
    }
  }

  #writeSome(bytes: Buffer): number {
    try {
      return writeSync(this.#fd, bytes);
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(this.#pause, 0, 0, RETRY_MS);
      return 0;
    }
  }
}
