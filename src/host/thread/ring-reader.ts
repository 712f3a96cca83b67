import { AWAKE, CLOSED, FLAGS, HEAD, TAIL, TURN, viewRing } from './ring-layout.ts';

/** The reading end of a ring; the format is in ring-layout.ts. */
export class RingReader {
  readonly #control: Int32Array;
  readonly #bytes: Buffer;
  /** Used again and again: a new buffer each time would pile up until the next garbage collection. */
  #taken = Buffer.alloc(0);

  constructor(memory: SharedArrayBuffer) {
    const { control, bytes } = viewRing(memory);
    this.#control = control;
    this.#bytes = bytes;
  }

  /**
   * Copies up to `maxBytes` out of the ring and gives their room back to the writer. The copy is good until the next
   * take. Undefined when there is nothing;
   * then the writer wakes the reader with its next line. Throws a TypeError when somebody else has written to the ring's
   * memory, which every program in the thread can reach.
   */
  take(maxBytes: number): Buffer | undefined {
    if (this.#published() === 0) {
      Atomics.and(this.#control, FLAGS, ~AWAKE);
      if (this.#published() === 0) return undefined;
      Atomics.or(this.#control, FLAGS, AWAKE);
    }
    const published = this.#published();
    if (published > this.#bytes.length)
      throw new TypeError(`Cannot read the ring of lines: it says that it holds ${published} bytes`);
    const size = Math.max(1, Math.min(maxBytes, published));
    const taken = this.#copy(size);
    Atomics.store(this.#control, TAIL, (Atomics.load(this.#control, TAIL) + size) | 0);
    this.#passTurn();
    return taken;
  }

  /** True when the next take would find something. */
  get hasBytes(): boolean {
    return this.#published() > 0;
  }

  /** Lets a writer that waits for room give up; nothing more is taken from it after what is published. */
  close(): void {
    Atomics.or(this.#control, FLAGS, CLOSED);
    this.#passTurn();
  }

  #published(): number {
    return (Atomics.load(this.#control, HEAD) - Atomics.load(this.#control, TAIL)) >>> 0;
  }

  #copy(size: number): Buffer {
    const offset = Atomics.load(this.#control, TAIL) & (this.#bytes.length - 1);
    const beforeEnd = Math.min(size, this.#bytes.length - offset);
    if (this.#taken.length < size) this.#taken = Buffer.allocUnsafeSlow(size);
    const taken = this.#taken.subarray(0, size);
    taken.set(this.#bytes.subarray(offset, offset + beforeEnd), 0);
    taken.set(this.#bytes.subarray(0, size - beforeEnd), beforeEnd);
    return taken;
  }

  #passTurn(): void {
    Atomics.add(this.#control, TURN, 1);
    Atomics.notify(this.#control, TURN);
  }
}
