import { StringDecoder } from 'node:string_decoder';

const MAX_LINE_LENGTH = 4 * 1024;

/** Cuts what a plugin prints into lines. A line is kept up to 4096 characters; what is longer is counted. */
export class PrintedLines {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #line = '';
  #cutOff = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    this.#append(this.#decoder.write(chunk));
  }

  /** Gives the last line, which has no line break. */
  end(): void {
    this.#append(this.#decoder.end());
    if (this.#line !== '') this.#finishLine();
  }

  #append(text: string): void {
    let from = 0;
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      this.#extend(text.slice(from, to));
      this.#finishLine();
      from = to + 1;
    }
    this.#extend(text.slice(from));
  }

  #extend(text: string): void {
    const room = MAX_LINE_LENGTH - this.#line.length;
    this.#line += text.slice(0, room);
    this.#cutOff += Math.max(0, text.length - room);
  }

  #finishLine(): void {
    const line = this.#cutOff === 0 ? this.#line : `${this.#line}… (${this.#cutOff} more characters)`;
    this.#line = '';
    this.#cutOff = 0;
    this.#onLine(line.replace(/\r$/, ''));
  }
}
