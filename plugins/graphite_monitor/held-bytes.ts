const NONE = Buffer.alloc(0);

/** The beginning of a request until the rest of it comes. Costs the same whether it comes at once or byte by byte. */
export class HeldBytes {
  /** Has room for more than is held. */
  #room = NONE;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What is held and `chunk` behind it; good until the next call. */
  with(chunk: Buffer): Buffer {
    if (this.#length === 0) return chunk;
    const length = this.#length + chunk.length;
    if (length > this.#room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#room.length));
      this.#room.copy(larger, 0, 0, this.#length);
      this.#room = larger;
    }
    chunk.copy(this.#room, this.#length);
    return this.#room.subarray(0, length);
  }

  /** Holds `rest`, the end of what `with` gave. */
  keep(rest: Buffer): void {
    const isInPlace = rest.buffer === this.#room.buffer && rest.byteOffset === this.#room.byteOffset;
    if (!isInPlace || rest.length === 0) this.#room = rest.length === 0 ? NONE : Buffer.from(rest);
    this.#length = rest.length;
  }
}
