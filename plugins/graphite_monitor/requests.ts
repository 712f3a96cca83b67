import { HeldBytes } from './held-bytes.ts';

/** Takes apart what one connection sends. */
export interface Requests {
  /** Bytes held of a request that is not whole yet. */
  readonly unfinishedBytes: number;
  /** Hands over the requests that this chunk completes; true when there are any. Throws RequestTooLong. */
  receive(chunk: Buffer): boolean;
}

/** The connection is of no more use: where the next request begins would be known only behind this one. */
export class RequestTooLong extends Error {}

const LINE_END = 0x0a;

/** Requests that are lines. They are handed over without their ends. */
export class LineRequests implements Requests {
  readonly #held = new HeldBytes();
  readonly #maxBytes: number;
  readonly #handle: (line: string) => void;

  constructor(maxBytes: number, handle: (line: string) => void) {
    this.#maxBytes = maxBytes;
    this.#handle = handle;
  }

  get unfinishedBytes(): number {
    return this.#held.length;
  }

  receive(chunk: Buffer): boolean {
    const searched = this.#held.length;
    const bytes = this.#held.with(chunk);
    let start = 0;
    let end = bytes.indexOf(LINE_END, searched);
    while (end !== -1) {
      this.#checkLength(end - start);
      // Each line is a text of its own: a name that is kept somewhere must not keep a whole chunk.
      this.#handle(bytes.toString('utf8', start, end));
      start = end + 1;
      end = bytes.indexOf(LINE_END, start);
    }
    this.#checkLength(bytes.length - start);
    this.#held.keep(bytes.subarray(start));
    return start > 0;
  }

  #checkLength(bytes: number): void {
    if (bytes > this.#maxBytes) throw new RequestTooLong(`a line is longer than ${this.#maxBytes} bytes`);
  }
}

const HEADER_BYTES = 4;

/** Requests that stand behind their length: four bytes, the highest first. */
export class PickleRequests implements Requests {
  readonly #held = new HeldBytes();
  readonly #maxBytes: number;
  readonly #handle: (pickle: Buffer) => void;

  constructor(maxBytes: number, handle: (pickle: Buffer) => void) {
    this.#maxBytes = maxBytes;
    this.#handle = handle;
  }

  get unfinishedBytes(): number {
    return this.#held.length;
  }

  receive(chunk: Buffer): boolean {
    const bytes = this.#held.with(chunk);
    let start = 0;
    for (let end = this.#endOf(bytes, start); end <= bytes.length; end = this.#endOf(bytes, start)) {
      this.#handle(bytes.subarray(start + HEADER_BYTES, end));
      start = end;
    }
    this.#held.keep(bytes.subarray(start));
    return start > 0;
  }

  /** Infinity while the header is not whole. */
  #endOf(bytes: Buffer, start: number): number {
    if (bytes.length - start < HEADER_BYTES) return Infinity;
    const length = bytes.readUInt32BE(start);
    if (length > this.#maxBytes) {
      throw new RequestTooLong(`a pickle of ${length} bytes is longer than ${this.#maxBytes} bytes`);
    }
    return start + HEADER_BYTES + length;
  }
}
