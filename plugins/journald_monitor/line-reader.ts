const LINE_END = 0x0a;

/** Takes lines from a stream. One longer than `maxBytes` is skipped, and counted. */
export class LineReader {
  readonly #maxBytes: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #isSkipping = false;
  #skipped = 0;

  constructor({ maxBytes }: { readonly maxBytes: number }) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that `chunk` ends, without their line ends. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      this.#keep(chunk.subarray(start, end));
      if (!this.#isSkipping) lines.push(Buffer.concat(this.#pending).toString());
      this.#begin();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** Lines skipped since the last time. */
  takeSkipped(): number {
    const skipped = this.#skipped;
    this.#skipped = 0;
    return skipped;
  }

  #keep(part: Buffer): void {
    if (this.#isSkipping) return;
    this.#pending.push(part);
    this.#pendingBytes += part.length;
    if (this.#pendingBytes <= this.#maxBytes) return;
    this.#begin();
    this.#isSkipping = true;
    this.#skipped++;
  }

  #begin(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#isSkipping = false;
  }
}
