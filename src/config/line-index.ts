/** Turns offsets in a text into lines and columns, both from 1. Lines end with `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  /** Offset at which each line starts. */
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const lineBreak of text.matchAll(/\r\n|\n|\r/g))
      this.#starts.push(lineBreak.index + lineBreak[0].length);
  }

  locate(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
