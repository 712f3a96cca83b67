import type { ConfigNode, Member, Scalar } from './config-node.ts';
import type { Problem, SourcePosition } from './configuration.ts';
import { DialectSyntaxError } from './dialect-syntax-error.ts';
import { Lexer } from './lexer.ts';
import type { Token, TokenKind } from './lexer.ts';
import { LineIndex } from './line-index.ts';
import { readName, readNumber, readText } from './literal.ts';

/** Objects and lists within each other; more is an attack or an accident, and would exhaust the stack. */
export const MAX_DEPTH = 200;

export type DialectOutcome =
  | { readonly kind: 'ok'; readonly document: ConfigNode }
  | { readonly kind: 'invalid'; readonly problem: Problem };

/**
 * Reads a text in Scalyr's dialect of JSON, and in JSON5, which it contains in part.
 *
 * json5 reads the quoted texts; the structure around them is read here, because json5 tells neither where a value stands
 * nor `5` from `5.0`, and rounds large numbers. Of Scalyr's own: a comma may be left out at the end of a line, `"a" +
 * "b"` is one text, `"""` opens a text of several lines, and a member that is `null` is no member.
 *
 * Never throws. `file` is the name that positions carry.
 */
export function parseDialect(text: string, options: { readonly file: string }): DialectOutcome {
  const lines = new LineIndex(text);
  const locate = (offset: number): SourcePosition => ({ file: options.file, ...lines.locate(offset) });
  try {
    return { kind: 'ok', document: new Parser(text, locate).document() };
  } catch (error) {
    if (!(error instanceof DialectSyntaxError)) throw error;
    return { kind: 'invalid', problem: { position: locate(error.offset), path: '', message: error.message } };
  }
}

class Parser {
  readonly #lexer: Lexer;
  readonly #locate: (offset: number) => SourcePosition;
  #token: Token;
  #depth = 0;

  constructor(text: string, locate: (offset: number) => SourcePosition) {
    this.#lexer = new Lexer(text);
    this.#locate = locate;
    this.#token = this.#lexer.next();
  }

  document(): ConfigNode {
    if (this.#token.kind === 'end') this.#fail('nothing but blanks and comments: wanted an object, { … }');
    const root = this.#value();
    if (!this.#sees('end')) this.#fail(`wanted nothing more after the value, found ${this.#found()}`);
    return root;
  }

  #value(): ConfigNode {
    const position = this.#here();
    if (this.#sees('{')) return { kind: 'object', members: this.#nested(() => this.#members()), position };
    if (this.#sees('[')) return { kind: 'list', elements: this.#nested(() => this.#elements()), position };
    return { kind: 'scalar', value: this.#scalar(), position };
  }

  #scalar(): Scalar {
    if (this.#sees('text') || this.#sees('triple')) return this.#text();
    if (this.#sees('number')) return readNumber(this.#advance());
    if (this.#sees('word')) return this.#word();
    return this.#fail(`wanted a value, found ${this.#found()}`);
  }

  #members(): ReadonlyMap<string, Member> {
    const members = new Map<string, Member>();
    this.#items('{', '}', () => {
      const position = this.#here();
      const name = this.#name();
      if (!this.#sees(':')) this.#failAfterName(name);
      this.#advance();
      const value = this.#value();
      if (value.kind === 'scalar' && value.value === null) members.delete(name);
      else members.set(name, { position, value });
    });
    return members;
  }

  #elements(): readonly ConfigNode[] {
    const elements: ConfigNode[] = [];
    this.#items('[', ']', () => elements.push(this.#value()));
    return elements;
  }

  /** Reads what stands between two brackets; a line break does the work of a comma. */
  #items(open: '{' | '[', close: '}' | ']', readItem: () => void): void {
    const opened = this.#advance();
    while (!this.#sees(close)) {
      if (this.#sees('end')) this.#fail(`"${open}" is not closed: wanted "${close}"`, opened.offset);
      readItem();
      if (this.#sees(',')) this.#advance();
      else if (!this.#sees(close) && !this.#sees('end') && !this.#token.startsLine) {
        this.#fail(`wanted "," or "${close}" or a new line after an item, found ${this.#found()}`);
      }
    }
    this.#advance();
  }

  #nested<T>(read: () => T): T {
    if (this.#depth === MAX_DEPTH)
      this.#fail(`wanted at most ${MAX_DEPTH} objects and lists within each other`);
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #name(): string {
    if (this.#sees('text')) return readText(this.#advance());
    if (this.#sees('word')) return readName(this.#advance());
    return this.#fail(`wanted the name of a member, found ${this.#found()}; unusual names stand in quotes`);
  }

  #failAfterName(name: string): never {
    const hint = this.#sees('number') ? '; unusual names stand in quotes' : '';
    return this.#fail(`wanted ":" after the name ${JSON.stringify(name)}, found ${this.#found()}${hint}`);
  }

  #text(): string {
    let text = readText(this.#advance());
    while (this.#sees('+')) {
      this.#advance();
      if (!this.#sees('text') && !this.#sees('triple'))
        this.#fail(`wanted a text after "+", found ${this.#found()}`);
      text += readText(this.#advance());
    }
    return text;
  }

  #word(): Scalar {
    switch (this.#token.spelling) {
      case 'true':
      case 'false':
        return this.#advance().spelling === 'true';
      case 'null':
        this.#advance();
        return null;
      case 'NaN':
      case 'Infinity':
        return readNumber(this.#advance());
      default:
        return this.#fail(
          'wanted a value, found a word without quotes; texts stand in quotes, and it is true, false, null',
        );
    }
  }

  #sees(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  #here(): SourcePosition {
    return this.#locate(this.#token.offset);
  }

  #advance(): Token {
    const token = this.#token;
    this.#token = this.#lexer.next();
    return token;
  }

  #fail(message: string, offset = this.#token.offset): never {
    throw new DialectSyntaxError(message, offset);
  }

  /** What stands here, without its text: it may be a secret on the wrong side of a missing comma. */
  #found(): string {
    const { kind } = this.#token;
    if (kind === 'end') return 'the end of the file';
    if (kind === 'text' || kind === 'triple') return 'a text';
    if (kind === 'number') return 'a number';
    if (kind === 'word') return 'a word without quotes';
    return `"${kind}"`;
  }
}
