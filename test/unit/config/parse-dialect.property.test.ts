import * as fc from 'fast-check';
import type { JsonValue } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainValue } from '../../../src/config/config-node.ts';
import type { ConfigValue } from '../../../src/config/config-value.ts';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { Float } from '../../../src/metric-line/float.ts';

describe('parseDialect', () => {
  it('reads any JSON as JSON.parse does, but for members that are null', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, 4), (value, indent) => {
        expect(read(JSON.stringify(value, undefined, indent))).toEqual(withoutNulls(value));
      }),
    );
  });

  it('reads the same value with comments, joined texts, bare names and trailing or missing commas', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.gen(), (value, generate) => {
        const choose: Choose = (...choices) => generate(fc.constantFrom<string[]>, ...choices);
        expect(read(decorate(value, choose))).toEqual(withoutNulls(value));
      }),
    );
  });

  it('gives a value or a problem for any text, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('{}[]:,+-."\'\\/*#1ex_ \n\ré')) }),
        (text) => {
          expect(['ok', 'invalid']).toContain(parseDialect(text, { file: 'x' }).kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

type Choose = (...choices: string[]) => string;

/** Prints a value as a person might who knows what the dialect allows. */
function decorate(value: JsonValue, choose: Choose): string {
  const blank = (): string => choose('', ' ', '\n', '\t', ' // note, "x" {\n', '/* [ */', '\r\n');
  const items = (printed: readonly string[]): string => {
    const separated = printed.map((item, index) => (index === 0 ? item : separator(choose) + blank() + item));
    return blank() + separated.join('') + (printed.length > 0 ? choose('', ',', '\n,') : '') + blank();
  };
  if (typeof value === 'string') return joinedText(value, choose);
  if (Array.isArray(value)) return `[${items(value.map((element) => decorate(element, choose)))}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as Record<string, JsonValue>).map(
    ([name, member]) => `${memberName(name, choose)}${blank()}:${blank()}${decorate(member, choose)}`,
  );
  return `{${items(members)}}`;
}

function separator(choose: Choose): string {
  return choose(',', ', ', '\n', ' \n  ', ' // note\n', '\n// note\n', '\n/* note */ ', '\r');
}

function memberName(name: string, choose: Choose): string {
  return /^[A-Za-z_]\w*$/.test(name) ? choose(name, JSON.stringify(name)) : JSON.stringify(name);
}

function joinedText(text: string, choose: Choose): string {
  const middle = Math.floor(text.length / 2);
  const joined = `${JSON.stringify(text.slice(0, middle))} +\n ${JSON.stringify(text.slice(middle))}`;
  return choose(JSON.stringify(text), joined, `""${JSON.stringify(text)}""`);
}

function read(text: string): unknown {
  const outcome = parseDialect(text, { file: 'x' });
  if (outcome.kind === 'invalid') throw new Error(outcome.problem.message);
  return withPlainNumbers(plainValue(outcome.document));
}

/** Floats and bigints as the numbers that JSON.parse would give. */
function withPlainNumbers(value: ConfigValue): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withPlainNumbers(member)]));
}

function withoutNulls(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member ?? null)]));
}
