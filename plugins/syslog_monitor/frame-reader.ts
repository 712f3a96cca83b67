/**
 * Bytes of the longest message. Escaped, each of them takes up to four bytes in a metric line, which has room for a
 * mebibyte.
 */
export const LARGEST_MESSAGE = 250_000;

/** A message as it stands on the connection, without its delimiter or its length, or a part of it. */
export interface Frame {
  readonly bytes: Buffer;
  /** The beginning of the message was in another frame. */
  readonly isRest: boolean;
  /** False: what follows of the message will be in another frame. */
  readonly isEnd: boolean;
}

export interface Framing {
  readonly delimiter: Buffer;
  /** Bytes after which a message is split; at least 64. */
  readonly maxBytes: number;
  /** Whether a message may have its length in front of it instead: `12 <13>a message`. */
  readonly readsLengths: boolean;
}

/**
 * Takes the stream of a connection apart, in either way of RFC 6587: each message has its length in front of it (octet
 * counting, section 3.4.1) or a delimiter behind it (section 3.4.2). What starts with a number, a blank and `<` has a
 * length. A number alone is not enough: a message without a priority may start with one.
 */
export class FrameReader {
  readonly #framing: Framing;
  #pending: Buffer = Buffer.alloc(0);
  /** What is still to come of a message whose length is known. */
  #remaining: number | undefined;
  #isRest = false;

  constructor(framing: Framing) {
    this.#framing = framing;
  }

  /** Whether a part of a message waits for what follows. */
  get isWaiting(): boolean {
    return this.#pending.length > 0;
  }

  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (;;) {
      bytes = this.#takeLength(bytes);
      const next = this.#remaining === undefined ? this.#delimited(bytes) : this.#counted(bytes);
      if (next === undefined) break;
      frames.push({ bytes: bytes.subarray(0, next.length), isRest: this.#isRest, isEnd: next.isEnd });
      this.#isRest = !next.isEnd;
      bytes = bytes.subarray(next.used);
    }
    // a copy, because the chunk may be much larger than what is left of it
    this.#pending = Buffer.from(bytes);
    return frames;
  }

  /** What waits, although its end has not come. */
  flush(): Frame | undefined {
    if (!this.isWaiting) return undefined;
    const frame = { bytes: this.#pending, isRest: this.#isRest, isEnd: false };
    if (this.#remaining !== undefined) this.#remaining -= this.#pending.length;
    this.#pending = Buffer.alloc(0);
    this.#isRest = true;
    return frame;
  }

  #takeLength(bytes: Buffer): Buffer {
    if (!this.#framing.readsLengths || this.#isRest || this.#remaining !== undefined) return bytes;
    const [header, digits] = LENGTH.exec(bytes.toString('latin1', 0, LONGEST_HEADER)) ?? [];
    if (header === undefined) return bytes;
    this.#remaining = Number(digits);
    return bytes.subarray(header.length);
  }

  #counted(bytes: Buffer): Found | undefined {
    const { maxBytes } = this.#framing;
    const remaining = this.#remaining ?? 0;
    if (remaining <= maxBytes && bytes.length >= remaining) {
      this.#remaining = undefined;
      return { length: remaining, used: remaining, isEnd: true };
    }
    if (bytes.length <= maxBytes) return undefined;
    const length = wholeCharacters(bytes, maxBytes);
    this.#remaining = remaining - length;
    return { length, used: length, isEnd: false };
  }

  #delimited(bytes: Buffer): Found | undefined {
    const { delimiter, maxBytes } = this.#framing;
    const length = bytes.indexOf(delimiter);
    if (length >= 0 && length <= maxBytes) return { length, used: length + delimiter.length, isEnd: true };
    if (length < 0 && bytes.length < maxBytes + delimiter.length) return undefined;
    const part = wholeCharacters(bytes, maxBytes);
    return { length: part, used: part, isEnd: false };
  }
}

interface Found {
  readonly length: number;
  readonly used: number;
  readonly isEnd: boolean;
}

/** At most six digits: a sender that cannot count does not swallow what follows for long. */
const LENGTH = /^([1-9]\d{0,5}) (?=<)/;
const LONGEST_HEADER = 8;

/** Where to split, at most `max`: not within a character of UTF-8. */
function wholeCharacters(bytes: Buffer, max: number): number {
  for (let at = max; at > max - 4 && at > 0; at--) {
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at;
  }
  return max;
}
