import { PickleFailure } from './pickle-failure.ts';

const LINE_END = 0x0a;

/** Reads the arguments of instructions one behind the other. Throws PickleFailure where bytes are missing. */
export class PickleBytes {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Without a sign, the lowest byte first. */
  readUInt(width: 1 | 2 | 4): number {
    return this.#bytes.readUIntLE(this.#skip(width), width);
  }

  readInt32(): number {
    return this.#bytes.readInt32LE(this.#skip(4));
  }

  /** How much follows; lengths beyond 2^53 are not exact, and always too much. */
  readSize(width: 1 | 4 | 8): number {
    return width === 8 ? Number(this.#bytes.readBigUInt64LE(this.#skip(8))) : this.readUInt(width);
  }

  readDouble(): number {
    return this.#bytes.readDoubleBE(this.#skip(8));
  }

  /** A whole number of `size` bytes with a sign, as a double: rounded, or infinite. */
  readLong(size: number): number {
    const digits = Buffer.from(this.#take(size).toReversed()).toString('hex');
    return Number(BigInt.asIntN(8 * size, BigInt(`0x0${digits}`)));
  }

  readText(size: number): string {
    return this.#take(size).toString('utf8');
  }

  /** Up to the next line end, each byte as a character. */
  readLine(): string {
    const end = this.#bytes.indexOf(LINE_END, this.#at);
    if (end === -1) throw endsTooSoon();
    const line = this.#bytes.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return line;
  }

  /** A line that Python 2 made of a text: in quotes, with `\n` and `\xe9` for what is no plain character. */
  readQuoted(): string {
    const [, , content] = /^(['"])(.*)\1$/s.exec(this.readLine()) ?? [];
    if (content === undefined) throw new PickleFailure('it has a text without quotes');
    const plain = content.replace(/\\(?:x([\da-f]{2})|.)/gs, (escape, code?: string) =>
      code === undefined ? (CONTROL[escape] ?? escape.slice(1)) : String.fromCharCode(parseInt(code, 16)),
    );
    return Buffer.from(plain, 'latin1').toString('utf8');
  }

  /** A line with a text of Unicode, with `\u20ac` for what is not in Latin 1. */
  readEscaped(): string {
    return this.readLine().replace(/\\(?:u([\da-f]{4})|U([\da-f]{8}))/g, (_, short?: string, long?: string) =>
      characterOf(parseInt(short ?? long ?? '', 16)),
    );
  }

  #take(size: number): Buffer {
    const start = this.#skip(size);
    return this.#bytes.subarray(start, start + size);
  }

  #skip(size: number): number {
    const start = this.#at;
    if (size > this.#bytes.length - start) throw endsTooSoon();
    this.#at = start + size;
    return start;
  }
}

const CONTROL: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };

function characterOf(code: number): string {
  return code > 0x10ffff ? '\u{fffd}' : String.fromCodePoint(code);
}

function endsTooSoon(): PickleFailure {
  return new PickleFailure('it ends too soon');
}
