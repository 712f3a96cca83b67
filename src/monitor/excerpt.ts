/** What of a text is worth a line in the metric log. */
export interface ExcerptOptions {
  /** Only the first group of its first match counts; nothing when it does not match. */
  readonly extract?: RegExp | undefined;
  /** All lines of it, not only the first. */
  readonly allLines: boolean;
  /** Code points; what is cut off is replaced by `...`. */
  readonly maxCharacters: number;
}

export interface Excerpt {
  readonly text: string;
  /** Code points of the text before all but its first line was left out and before it was cut. */
  readonly length: number;
}

/** The part of an answer or an output that a monitor reports. */
export function excerptOf(text: string, { extract, allLines, maxCharacters }: ExcerptOptions): Excerpt {
  const extracted = extract === undefined ? text : (extract.exec(text)?.[1] ?? '');
  const wanted = allLines ? extracted : (/^[^\r\n]*/.exec(extracted)?.[0] ?? '');
  return { text: cut(wanted, maxCharacters), length: codePoints(extracted) };
}

function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const characters = Array.from(text.slice(0, 2 * maxCharacters + 2));
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}...` : text;
}

function codePoints(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
