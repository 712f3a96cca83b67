import { describe, expect, it } from 'vitest';
import { plainValue } from '../../../src/config/config-node.ts';
import type { ConfigNode } from '../../../src/config/config-node.ts';
import type { ConfigValue } from '../../../src/config/config-value.ts';
import type { Problem } from '../../../src/config/configuration.ts';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { Float } from '../../../src/metric-line/float.ts';

describe('parseDialect', () => {
  it('tells a whole number from the same number with a point', () => {
    expect(parsed('[5, 5.0, 5e0, 5.5]')).toEqual([5, new Float(5), new Float(5), 5.5]);
  });

  it('keeps whole numbers exact at any size', () => {
    expect(parsed('[9007199254740992, 9007199254740993, -18446744073709551616]')).toEqual([
      9007199254740992,
      9007199254740993n,
      -18446744073709551616n,
    ]);
  });

  it('drops a member that is null together with an earlier value of it', () => {
    expect(parsed('{ a: 1, b: null, a: null, c: 3 }')).toEqual({ c: 3 });
  });

  it('reads a triple-quoted text with line breaks, quotes and escapes in it', () => {
    expect(parsed('"""say "hi",\r\nthen\\tgo"""')).toBe('say "hi",\r\nthen\tgo');
  });

  it('reads a name with an escape in it', () => {
    expect(parsed('{ \\u0061b: 1 }')).toEqual({ ab: 1 });
  });

  it('joins texts over several lines', () => {
    expect(parsed('{ a: "x"\n  + \'y\'\n  + """z""" }')).toEqual({ a: 'xyz' });
  });

  it('takes a member called __proto__ as a member, without touching any prototype', () => {
    const value = parsed('{ "__proto__": { "polluted": true }, "constructor": 1 }');

    expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('says at which line and column each member and element stands', () => {
    const outcome = parseDialect('{\r\n  // first\r\n  a: [1,\r    2] }', { file: 'agent.json' });

    const a = memberOf(rootOf(outcome), 'a');
    expect(a.position).toEqual({ file: 'agent.json', line: 3, column: 3 });
    expect(a.value.position).toEqual({ file: 'agent.json', line: 3, column: 6 });
    expect(elementsOf(a.value).map(({ position }) => [position.line, position.column])).toEqual([
      [3, 7],
      [4, 5],
    ]);
  });
});

describe('parseDialect, given what is not the dialect', () => {
  it.each([
    ['{\n  a: 1 b: 2\n}', 2, 8, 'wanted "," or "}" or a new line after an item, found a word without quotes'],
    ['{ a-b: 1 }', 1, 4, 'wanted ":" after the name "a", found a number; unusual names stand in quotes'],
    ['{ a: "x" + 1 }', 1, 12, 'wanted a text after "+", found a number'],
    ['{\n a: [1, 2\n', 2, 5, '"[" is not closed: wanted "]"'],
    ['{ a: "\\q\\u12" }', 1, 6, "an escape that does not exist in a text: invalid character '\\\"'"],
    ['{ a: 1 } # end', 1, 10, '"#" is not expected here: comments start with //'],
    ['{ a: 1-2 }', 1, 6, 'this is not a number; a text stands in quotes'],
    ['', 1, 1, 'nothing but blanks and comments: wanted an object, { … }'],
  ])('points at the place and says what was wanted: %j', (text, line, column, message) => {
    expect(problemOf(text)).toEqual({ position: { file: 'agent.json', line, column }, path: '', message });
  });

  it('does not repeat a text in a message, for it may be a secret', () => {
    expect(problemOf('{ "x-api-key" "s3cret" }').message).not.toContain('s3cret');
    expect(problemOf('{ api_key: s3cret }').message).not.toContain('s3cret');
    expect(problemOf('{ api_key: 0s3cret }').message).not.toContain('s3cret');
  });

  it('stops at 200 levels instead of running out of stack', () => {
    expect(parseDialect('['.repeat(200) + ']'.repeat(200), { file: 'x' }).kind).toBe('ok');
    expect(problemOf('['.repeat(100_000)).message).toBe(
      'wanted at most 200 objects and lists within each other',
    );
    expect(problemOf('{"a":'.repeat(100_000)).message).toBe(
      'wanted at most 200 objects and lists within each other',
    );
  });

  it.each([
    ['blanks', ' '.repeat(5_000_000)],
    ['a comment', `/*${'*'.repeat(5_000_000)}`],
    ['a text', `"${'\\"'.repeat(2_000_000)}`],
    ['a name', `{${'é'.repeat(5_000_000)}`],
    ['a number', '9'.repeat(5_000_000)],
  ])('gets through megabytes of %s', (_what, text) => {
    expect(parseDialect(text, { file: 'x' }).kind).toBe('invalid');
  });
});

function parsed(text: string): ConfigValue {
  return plainValue(rootOf(parseDialect(text, { file: 'agent.json' })));
}

function rootOf(outcome: ReturnType<typeof parseDialect>): ConfigNode {
  if (outcome.kind === 'invalid') throw new Error(outcome.problem.message);
  return outcome.document;
}

function memberOf(node: ConfigNode, name: string) {
  const member = node.kind === 'object' ? node.members.get(name) : undefined;
  if (member === undefined) throw new Error(`no member ${name}`);
  return member;
}

function elementsOf(node: ConfigNode): readonly ConfigNode[] {
  if (node.kind !== 'list') throw new Error('not a list');
  return node.elements;
}

function problemOf(text: string): Problem {
  const outcome = parseDialect(text, { file: 'agent.json' });
  if (outcome.kind === 'ok') throw new Error('no problem was found');
  return outcome.problem;
}
