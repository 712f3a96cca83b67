import type { LineField, LineValue, ParsedMetric } from './parsed-line.ts';

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const EQUALS = 61;
const BACKSLASH = 92;

const NAME_START = asciiTable(/[_a-zA-Z]/);
const NAME_PART = asciiTable(/[\w.-]/);
const LETTER_OR_DIGIT = /^[\p{L}\p{N}]/u;

/** Words that are values. NaN and Infinity come from Python's own JSON encoder, which an agent may be told to use. */
const WORDS: readonly LineValue[] = [
  { kind: 'bool', text: 'true' },
  { kind: 'bool', text: 'false' },
  { kind: 'null', text: 'null' },
  { kind: 'null', text: 'NaN' },
  { kind: 'null', text: 'Infinity' },
  { kind: 'null', text: '-Infinity' },
];
const WORD_BY_INITIAL = new Map(WORDS.map((word) => [word.text.charCodeAt(0), word]));

/** `name value( field=value)*` between `start` and `end` of `text`; undefined when anything else stands there. */
export function scanMetric(text: string, start: number, end: number): ParsedMetric | undefined {
  return new MetricScanner(text, start, end).metric();
}

/** Reads from left to right; a method that does not find its thing returns undefined, and the line is free text. */
class MetricScanner {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  metric(): ParsedMetric | undefined {
    const name = this.#name(SPACE);
    if (name === undefined) return undefined;
    const value = this.#value();
    if (value === undefined) return undefined;
    const fields: LineField[] = [];
    while (this.#at < this.#end) {
      this.#at++;
      const field = this.#field();
      if (field === undefined) return undefined;
      fields.push(field);
    }
    return { name, value, fields };
  }

  #field(): LineField | undefined {
    const name = this.#name(EQUALS);
    if (name === undefined) return undefined;
    const value = this.#value();
    return value && { name, kind: value.kind, text: value.text };
  }

  /** A legal name, which `terminator` must follow. The one line break that slips through at its end is taken off. */
  #name(terminator: number): string | undefined {
    const start = this.#at;
    if (NAME_START[this.#text.charCodeAt(start)] !== 1) return undefined;
    let at = start + 1;
    while (at < this.#end && this.#text.charCodeAt(at) !== terminator) {
      const length = this.#namePartLength(at);
      if (length === 0) break;
      at += length;
    }
    const name = this.#text.slice(start, at);
    if (this.#text.charCodeAt(at) === NEWLINE) at++;
    if (at >= this.#end || this.#text.charCodeAt(at) !== terminator) return undefined;
    this.#at = at + 1;
    return name;
  }

  #namePartLength(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code < 128) return NAME_PART[code] ?? 0;
    const character = String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
    return LETTER_OR_DIGIT.test(character) ? character.length : 0;
  }

  /** A JSON value that a space or the end of the line follows. */
  #value(): LineValue | undefined {
    const code = this.#text.charCodeAt(this.#at);
    const value = code === QUOTE ? this.#string() : (this.#number(code) ?? this.#word(code));
    const ended =
      this.#at === this.#end || (this.#at < this.#end && this.#text.charCodeAt(this.#at) === SPACE);
    return ended ? value : undefined;
  }

  #string(): LineValue | undefined {
    const start = this.#at + 1;
    let escaped = false;
    for (let at = start; at < this.#end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === BACKSLASH) {
        escaped = true;
        at++;
      } else if (code === QUOTE) {
        this.#at = at + 1;
        const text = this.#text.slice(start, at);
        return { kind: 'string', text: escaped ? unescape(text) : text };
      }
    }
    return undefined;
  }

  #number(first: number): LineValue | undefined {
    const start = this.#at;
    const whole = first === MINUS ? start + 1 : start;
    let at = this.#skipDigits(whole);
    if (at === whole || (at > whole + 1 && this.#text.charCodeAt(whole) === ZERO)) return undefined;
    const integerEnd = at;
    if (this.#text.charCodeAt(at) === POINT) at = this.#skipDigits(at + 1);
    at = this.#skipExponent(at);
    const last = this.#text.charCodeAt(at - 1);
    if (at > this.#end || !isDigit(last)) return undefined;
    this.#at = at;
    return { kind: at === integerEnd ? 'int' : 'float', text: this.#text.slice(start, at) };
  }

  #skipExponent(at: number): number {
    // 'E' and 'e' differ in one bit
    if ((this.#text.charCodeAt(at) | 32) !== 101) return at;
    const sign = this.#text.charCodeAt(at + 1);
    return this.#skipDigits(sign === MINUS || sign === 43 ? at + 2 : at + 1);
  }

  #skipDigits(from: number): number {
    let at = from;
    while (at < this.#end && isDigit(this.#text.charCodeAt(at))) at++;
    return at;
  }

  #word(initial: number): LineValue | undefined {
    const word = WORD_BY_INITIAL.get(initial);
    if (word === undefined || !this.#text.startsWith(word.text, this.#at)) return undefined;
    this.#at += word.text.length;
    return word;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Some monitors quote without escaping (`mount="/a\040b"`): what is no JSON stays as it stands. */
function unescape(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

function asciiTable(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}
