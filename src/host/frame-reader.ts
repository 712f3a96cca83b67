import type { LineBlock } from '../metric-line/line-block.ts';
import { decodeFrames } from './line-frame.ts';

/** Where frames come from: up to about `maxBytes`, a buffer that the reader may overwrite and that is good until the next call; undefined when there is nothing now. */
export type ReadBytes = (maxBytes: number) => Buffer | undefined;

const NOTHING = Buffer.alloc(0);

/** Puts the bytes of one monitor's frames together to blocks of lines, however they were cut on the way. */
export class FrameReader {
  readonly #monitor: string;
  readonly #read: ReadBytes;
  #unfinished: Buffer = NOTHING;

  constructor(monitor: string, read: ReadBytes) {
    this.#monitor = monitor;
    this.#read = read;
  }

  /** Takes lines; undefined when there are none. Throws a TypeError when what arrives is no frame. */
  drain(maxBytes: number): LineBlock | undefined {
    for (;;) {
      const bytes = this.#read(maxBytes);
      if (bytes === undefined) return undefined;
      const whole = this.#unfinished.length === 0 ? bytes : Buffer.concat([this.#unfinished, bytes]);
      const { block, rest } = decodeFrames(whole, this.#monitor);
      this.#unfinished = rest;
      if (block !== undefined) return block;
    }
  }
}
