import { Float } from '../../../src/metric-line/float.ts';

export type PythonValue =
  null | boolean | string | number | bigint | Float | PythonValue[] | { [key: string]: PythonValue };

/** Reads what Python's `repr` wrote: the arguments and configuration values in recordings of the Scalyr agent. */
export function readPython(text: string): PythonValue {
  const reader = new Reader(text);
  const value = reader.value();
  reader.expectEnd();
  return value;
}

const TOKEN = /\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:]+)/y;
const WORDS: Readonly<Record<string, PythonValue>> = {
  None: null,
  True: true,
  False: false,
  nan: Number.NaN,
  inf: Infinity,
  '-inf': -Infinity,
};

class Reader {
  readonly #tokens: string[] = [];

  constructor(text: string) {
    const literal = text.trimEnd();
    for (let at = 0; at < literal.length; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const token = TOKEN.exec(literal)?.[1];
      if (token === undefined) throw new SyntaxError(`Not a Python literal: ${text}`);
      this.#tokens.push(token);
    }
  }

  value(): PythonValue {
    const token = this.#next();
    if (token === '[') return this.#list();
    if (token === '{') return this.#dict();
    if (/^['"]/.test(token)) return unescape(token.slice(1, -1));
    if (token in WORDS) return WORDS[token] ?? null;
    if (/^-?\d+$/.test(token)) return integer(token);
    if (/^-?[\d.]+(e[+-]?\d+)?$/.test(token)) return new Float(Number(token));
    throw new SyntaxError(`Not a Python literal: ${token}`);
  }

  expectEnd(): void {
    if (this.#tokens.length > 0)
      throw new SyntaxError(`More than a Python literal: ${this.#tokens.join(' ')}`);
  }

  #list(): PythonValue[] {
    const list: PythonValue[] = [];
    while (this.#tokens[0] !== ']') {
      list.push(this.value());
      if (this.#tokens[0] === ',') this.#next();
    }
    this.#next();
    return list;
  }

  #dict(): Record<string, PythonValue> {
    const dict: Record<string, PythonValue> = {};
    while (this.#tokens[0] !== '}') {
      const key = this.value();
      if (typeof key !== 'string') throw new SyntaxError('Not a key in TypeScript');
      this.#next();
      dict[key] = this.value();
      if (this.#tokens[0] === ',') this.#next();
    }
    this.#next();
    return dict;
  }

  #next(): string {
    const token = this.#tokens.shift();
    if (token === undefined) throw new SyntaxError('The Python literal ends too early');
    return token;
  }
}

function integer(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function unescape(text: string): string {
  return text.replace(/\\(x[\da-f]{2}|u[\da-f]{4}|.)/g, (_, escape: string) =>
    escape.length > 1
      ? String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      : (ESCAPES[escape] ?? `\\${escape}`),
  );
}
