/** What stands between the braces of a sample. */
export interface LabelSet {
  /** A metric's name in quotes, which Prometheus 3 puts among the labels when it is no plain word. */
  readonly name: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** What follows the closing brace. */
  readonly rest: string;
}

const BLANKS = /\s*/y;
const LABEL_NAME = /[a-zA-Z_][\w.]*/y;
/** Up to the next quote that is not escaped. */
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const ESCAPE = /\\([^])/g;

/** Reads from an opening brace on. Gives a text that says what is wrong where it cannot be read. */
export function readLabels(text: string): LabelSet | string {
  const scanner = new Scanner(text, 1);
  const labels = new Map<string, string>();
  let name: string | undefined;
  for (;;) {
    scanner.take(BLANKS);
    if (scanner.takeText('}')) return { name, labels: Object.fromEntries(labels), rest: scanner.rest };
    const quoted = scanner.takeQuoted();
    const label = quoted ?? scanner.take(LABEL_NAME);
    if (label === undefined) return 'the name of a label is missing, or a brace';
    scanner.take(BLANKS);
    if (scanner.takeText('=')) {
      scanner.take(BLANKS);
      const value = scanner.takeQuoted();
      if (value === undefined) return `the value of the label "${label}" is missing, or its quotes`;
      labels.set(label, value);
    } else if (quoted !== undefined) name = quoted;
    else return `"=" is missing after the label "${label}"`;
    scanner.take(BLANKS);
    if (!scanner.takeText(',') && !scanner.isBefore('}'))
      return `"," or "}" is missing after the label "${label}"`;
  }
}

/** A place in a text. */
class Scanner {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  get rest(): string {
    return this.#text.slice(this.#at);
  }

  isBefore(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  takeText(text: string): boolean {
    if (!this.isBefore(text)) return false;
    this.#at += text.length;
    return true;
  }

  /** What a sticky pattern matches here: its first group, or all of it. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found[1] ?? found[0];
  }

  takeQuoted(): string | undefined {
    return this.take(QUOTED)?.replace(ESCAPE, (both, escaped: string) => unescape(escaped) ?? both);
  }
}

/** Only these three are escapes; a backslash before anything else is one. */
function unescape(escaped: string): string | undefined {
  if (escaped === 'n') return '\n';
  return escaped === '"' || escaped === '\\' ? escaped : undefined;
}
