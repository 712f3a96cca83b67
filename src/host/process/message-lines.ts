import { StringDecoder } from 'node:string_decoder';

/** Longest message that crosses the border of a process, in characters. */
const MAX_MESSAGE_CHARACTERS = 16 * 1024 * 1024;

/** Cuts a stream of newline-delimited messages. Throws a RangeError when a message has no end. */
export class MessageLines {
  readonly #decoder = new StringDecoder('utf8');
  #unfinished = '';

  /** The messages that end in this chunk. */
  push(chunk: Buffer): string[] {
    const parts = this.#decoder.write(chunk).split('\n');
    parts[0] = this.#unfinished + (parts[0] ?? '');
    this.#unfinished = parts.pop() ?? '';
    if (this.#unfinished.length > MAX_MESSAGE_CHARACTERS) {
      throw new RangeError(`Cannot read a message of more than ${MAX_MESSAGE_CHARACTERS} characters`);
    }
    return parts;
  }
}
