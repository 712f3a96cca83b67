import type { Signal } from '../../metric-line/line-block.ts';
import { encodeFrame, FRAME_HEADER_BYTES, frameHeader, MAX_LINE_BYTES } from '../line-frame.ts';
import { AWAKE, CLOSED, FLAGS, HEAD, TAIL, TURN, viewRing } from './ring-layout.ts';

/** UTF-8 takes at most three bytes for one UTF-16 code unit. */
const MOST_BYTES_PER_UNIT = 3;

export interface RingWriterOptions {
  /** Tells the reader that there is something to take. Called only when the reader does not know yet. */
  readonly wake: () => void;
  /** Sleeps until the cell `turn` is no longer `value`; `Atomics.wait` unless a test takes its place. */
  readonly wait?: (control: Int32Array, index: number, value: number) => unknown;
}

/** The writing end of a ring; the format is in ring-layout.ts. */
export class RingWriter {
  readonly #control: Int32Array;
  readonly #bytes: Buffer;
  readonly #capacity: number;
  readonly #wake: () => void;
  readonly #wait: (control: Int32Array, index: number, value: number) => unknown;
  #head: number;
  /** The tail when last looked at; the real one can only be further on, so there is at least this much room. */
  #knownTail: number;

  constructor(memory: SharedArrayBuffer, options: RingWriterOptions) {
    const { control, bytes } = viewRing(memory);
    this.#control = control;
    this.#bytes = bytes;
    this.#capacity = bytes.length;
    this.#wake = options.wake;
    this.#wait = options.wait ?? Atomics.wait;
    this.#head = Atomics.load(control, HEAD);
    this.#knownTail = Atomics.load(control, TAIL);
  }

  /**
   * Writes one line, which ends in `\n`. Blocks the thread while there is no room. False when the ring was closed and
   * the line was not taken. Throws a RangeError when the line is longer than `MAX_LINE_BYTES`.
   */
  write(line: string, signal: Signal): boolean {
    const offset = this.#head & (this.#capacity - 1);
    const most = FRAME_HEADER_BYTES + line.length * MOST_BYTES_PER_UNIT;
    const fits = most <= this.#capacity - offset && most <= this.#capacity / 2 && most <= MAX_LINE_BYTES;
    if (!fits || !this.#hasRoom(most)) return this.#writeFrame(encodeFrame(line, signal));
    const length = this.#bytes.write(line, offset + FRAME_HEADER_BYTES);
    this.#bytes.writeUInt32LE(frameHeader(length, signal), offset);
    this.#publish(FRAME_HEADER_BYTES + length);
    return true;
  }

  #writeFrame(frame: Buffer): boolean {
    const piece = this.#capacity / 2;
    for (let done = 0; done < frame.length;) {
      const size = Math.min(frame.length - done, piece);
      if (!this.#waitForRoom(size)) return false;
      this.#copy(frame.subarray(done, done + size));
      this.#publish(size);
      done += size;
    }
    return true;
  }

  #copy(piece: Buffer): void {
    const offset = this.#head & (this.#capacity - 1);
    const beforeEnd = Math.min(piece.length, this.#capacity - offset);
    this.#bytes.set(piece.subarray(0, beforeEnd), offset);
    this.#bytes.set(piece.subarray(beforeEnd), 0);
  }

  #publish(size: number): void {
    this.#head = (this.#head + size) | 0;
    Atomics.store(this.#control, HEAD, this.#head);
    this.#wakeReader();
  }

  #wakeReader(): void {
    if ((Atomics.load(this.#control, FLAGS) & AWAKE) !== 0) return;
    if ((Atomics.or(this.#control, FLAGS, AWAKE) & AWAKE) === 0) this.#wake();
  }

  #hasRoom(size: number): boolean {
    if (this.#room() >= size) return true;
    this.#knownTail = Atomics.load(this.#control, TAIL);
    return this.#room() >= size;
  }

  #room(): number {
    return this.#capacity - ((this.#head - this.#knownTail) >>> 0);
  }

  #waitForRoom(size: number): boolean {
    for (;;) {
      const turn = Atomics.load(this.#control, TURN);
      if ((Atomics.load(this.#control, FLAGS) & CLOSED) !== 0) return false;
      if (this.#hasRoom(size)) return true;
      this.#wait(this.#control, TURN, turn);
    }
  }
}
