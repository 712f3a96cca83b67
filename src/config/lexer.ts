import { DialectSyntaxError } from './dialect-syntax-error.ts';

export type TokenKind =
  '{' | '}' | '[' | ']' | ':' | ',' | '+' | 'text' | 'triple' | 'number' | 'word' | 'end';

/** A piece of a configuration text. */
export interface Token {
  readonly kind: TokenKind;
  /** As written, quotes included. */
  readonly spelling: string;
  /** Offset of its first character. */
  readonly offset: number;
  /** A line break stands between it and the token before: what lets a comma be left out. */
  readonly startsLine: boolean;
}

const WORD = /[\p{ID_Start}$_\\][\p{ID_Continue}$\\\u200c\u200d]*/uy;
const NUMBER = /[-+.\d][-+.$\w]*/y;
const REST_OF_LINE = /[^\n\r\u2028\u2029]*/y;
const BLANKS = /\s+/y;

/**
 * Cuts a configuration text into tokens. It decides where a token ends, not whether it is a legal one: `1-2` is one
 * number here, and {@link file://./literal.ts} refuses it.
 */
export class Lexer {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token; `end` again and again after the last. */
  next(): Token {
    const startsLine = this.#skipBlanks();
    const offset = this.#offset;
    const kind = this.#scan();
    return { kind, spelling: this.#text.slice(offset, this.#offset), offset, startsLine };
  }

  /** Passes blanks and comments; true when there was a line break among them. */
  #skipBlanks(): boolean {
    const start = this.#offset;
    for (;;) {
      if (this.#take(BLANKS) || (this.#startsWith('//') && this.#take(REST_OF_LINE))) continue;
      if (!this.#startsWith('/*')) break;
      this.#offset = this.#endOf('*/', this.#offset + 2, 'a comment is not closed: wanted "*/" at its end');
    }
    return /[\n\r]/.test(this.#text.slice(start, this.#offset));
  }

  #scan(): TokenKind {
    const character = this.#text[this.#offset];
    if (character === undefined) return 'end';
    if (this.#startsWith('"""')) return this.#scanTriple();
    switch (character) {
      case '"':
      case "'":
        return this.#scanText(character);
      case '{':
      case '}':
      case '[':
      case ']':
      case ':':
      case ',':
        this.#offset += 1;
        return character;
      default:
        return this.#scanWord();
    }
  }

  #scanWord(): TokenKind {
    const start = this.#offset;
    if (this.#take(NUMBER)) return this.#text.slice(start, this.#offset) === '+' ? '+' : 'number';
    if (this.#take(WORD)) return 'word';
    const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    throw new DialectSyntaxError(
      `${JSON.stringify(character)} is not expected here${hintFor(character)}`,
      start,
    );
  }

  #scanText(quote: string): TokenKind {
    const start = this.#offset;
    for (let i = start + 1; i < this.#text.length; i++) {
      const character = this.#text[i];
      if (character === quote) {
        this.#offset = i + 1;
        return 'text';
      }
      if (character === '\\') i += this.#text.startsWith('\r\n', i + 1) ? 2 : 1;
      else if (character === '\n' || character === '\r') break;
    }
    throw new DialectSyntaxError(
      `a text is not closed before the end of its line: wanted ${quote} at its end, or """ around a text of several lines`,
      start,
    );
  }

  #scanTriple(): TokenKind {
    const start = this.#offset;
    for (let i = start + 3; i < this.#text.length; i++) {
      if (this.#text[i] === '\\') i += 1;
      else if (this.#text.startsWith('"""', i)) {
        this.#offset = i + 3;
        return 'triple';
      }
    }
    throw new DialectSyntaxError('a text is not closed: wanted """ at its end', start);
  }

  #endOf(closing: string, from: number, message: string): number {
    const found = this.#text.indexOf(closing, from);
    if (found < 0) throw new DialectSyntaxError(message, this.#offset);
    return found + closing.length;
  }

  #startsWith(prefix: string): boolean {
    return this.#text.startsWith(prefix, this.#offset);
  }

  /** Passes what a sticky expression matches here. */
  #take(expression: RegExp): boolean {
    expression.lastIndex = this.#offset;
    if (!expression.test(this.#text)) return false;
    this.#offset = expression.lastIndex;
    return true;
  }
}

function hintFor(character: string): string {
  if (character === '#') return ': comments start with //';
  if (character === '=') return ': wanted ":" between a name and its value';
  if (character === ';') return ': wanted "," between two items';
  if (character === '`') return ': texts stand in double quotes';
  return '';
}
