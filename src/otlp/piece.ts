import type { Signal } from '../metric-line/line-block.ts';
import { parseLine } from '../metric-line/parse-line.ts';
import type { ParsedLine } from '../metric-line/parsed-line.ts';
import { newExportRequest } from './export-request.ts';
import type { ExportRequest, RequestOptions } from './export-request.ts';
import type { EncodedRequest } from './transport.ts';

/**
 * Lines of a batch that go into one request; may be divided.
 *
 * A line is mapped when it is added, and nothing is kept of it but its text: what lives on until a request is written
 * costs the garbage collector more than the mapping costs. Parts of a piece, which are rarely needed, parse again.
 */
export class Piece {
  readonly signal: Signal;
  readonly #options: RequestOptions;
  readonly #indexes: number[] = [];
  readonly #texts: string[] = [];
  /** Holds all lines; undefined once it is encoded, or when a line could not be mapped. */
  #request: ExportRequest | undefined;

  constructor(signal: Signal, options: RequestOptions) {
    this.signal = signal;
    this.#options = options;
    this.#request = newExportRequest(signal, options);
  }

  /** Which lines of the batch they are. */
  get indexes(): readonly number[] {
    return this.#indexes;
  }

  get length(): number {
    return this.#indexes.length;
  }

  add(index: number, text: string, line: ParsedLine | undefined): void {
    this.#indexes.push(index);
    this.#texts.push(text);
    try {
      this.#request?.add(text, line);
    } catch {
      // The same error comes again from encode(), where it concerns somebody
      this.#request = undefined;
    }
  }

  /** Rejects when one of the lines cannot be expressed in OTLP. */
  async encode(): Promise<EncodedRequest> {
    const request = this.#request ?? this.#newRequest();
    this.#request = undefined;
    return request.encode();
  }

  /** The lines from number `from` to before number `to`. */
  slice(from: number, to: number): Piece {
    const part = new Piece(this.signal, this.#options);
    for (let i = from; i < to; i++) {
      const text = this.#texts[i] ?? '';
      part.add(this.#indexes[i] ?? 0, text, parse(text));
    }
    return part;
  }

  /** Two halves, in order; the first is the smaller one when they differ. */
  halves(): [Piece, Piece] {
    const middle = Math.floor(this.length / 2);
    return [this.slice(0, middle), this.slice(middle, this.length)];
  }

  #newRequest(): ExportRequest {
    const request = newExportRequest(this.signal, this.#options);
    for (const text of this.#texts) request.add(text, parse(text));
    return request;
  }
}

/** A line that the parser stumbles over is text like any other: a mistake there must not hold up the rest. */
export function parse(line: string): ParsedLine | undefined {
  try {
    return parseLine(line);
  } catch {
    return undefined;
  }
}
