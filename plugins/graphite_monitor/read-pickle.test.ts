import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasPython } from '../../test/support/has-python.ts';
import { PickleFailure } from './pickle-failure.ts';
import { readPickle } from './read-pickle.ts';
import type { Pickled } from './read-pickle.ts';

interface Recorded {
  readonly value: Pickled;
  /** In hexadecimal digits, one for each protocol that can write the value. */
  readonly pickles: readonly string[];
}

const text = readFileSync(path.join(import.meta.dirname, 'testcases/pickles.json'), 'utf8');
const recorded: Readonly<Record<string, Recorded>> = JSON.parse(text);
const pickles = Object.values(recorded).flatMap((one) => one.pickles.map((hex) => Buffer.from(hex, 'hex')));

/** A failure is the only thing that a pickle may cause. */
function readOrFail(bytes: Uint8Array): unknown {
  try {
    return readPickle(Buffer.from(bytes));
  } catch (error) {
    expect(error).toBeInstanceOf(PickleFailure);
    return undefined;
  }
}

describe('readPickle', () => {
  it.each(Object.entries(recorded))('reads %s, as Python 3 writes them in all protocols', (_, one) => {
    const read = one.pickles.map((hex) => readPickle(Buffer.from(hex, 'hex')));
    expect(read).toEqual(one.pickles.map(() => one.value));
  });

  it.each([
    ["(lp0\n(S'pk.a'\np1\n(I1700000003\nI7\ntp2\ntp3\na.", [['pk.a', [1_700_000_003, 7]]]],
    ['\x80\x02]q\x00U\x04pk.aq\x01G?\xf8\0\0\0\0\0\0\x86q\x02a.', [['pk.a', 1.5]]],
    ["(S'it\\'s \\\\ \\xc3\\xa9\\n'\nS\"don't\"\nl.", ["it's \\ é\n", "don't"]],
    ['(I01\nI00\nL-5L\nF1e3\nFinf\nl.', [true, false, -5, 1000, Number.NaN]],
  ])('reads %j, as Python 2 writes it', (pickle, value) => {
    expect(readPickle(Buffer.from(pickle, 'latin1'))).toEqual(value);
  });

  it('reads numbers that no double holds as infinite', () => {
    const long = Buffer.concat([Buffer.from([0x8a, 200]), Buffer.alloc(200, 0x7f), Buffer.from('.')]);
    expect(readPickle(long)).toBe(Infinity);
    expect(readPickle(Buffer.from(`L-${'9'.repeat(400)}L\n.`))).toBe(-Infinity);
  });

  it('reads a list that holds itself', () => {
    const list = readPickle(Buffer.from(']q\0h\0a.')) as Pickled[]; // the pickle is a list
    expect(list[0]).toBe(list);
  });

  it.each([
    ['cposix\nsystem\n(S"id"\ntR.', 'it holds "posix.system" of Python, wanted plain numbers and texts'],
    ['(S"id"\niposix\nsystem\n.', 'it holds "posix.system" of Python, wanted plain numbers and texts'],
    ['\x8c\x05posix\x8c\x06system\x93.', 'it holds "posix.system" of Python, wanted plain numbers and texts'],
    ['}.', 'it has the instruction 0x7d, which no list of metrics needs'],
    ['R.', 'it has the instruction 0x52, which no list of metrics needs'],
    ['I7', 'it ends too soon'],
    ['X\xff\xff\xff\xffa.', 'it ends too soon'],
    ['\x8d\xff\xff\xff\xff\xff\xff\xff\xffa.', 'it ends too soon'],
    ['Iseven\n.', 'it has "seven" where a number belongs'],
    ['F0x7\n.', 'it has "0x7" where a number belongs'],
    ['Sab\n.', 'it has a text without quotes'],
    ['.', 'it names values that it does not hold'],
    ['h\x07.', 'it names values that it does not hold'],
    ['K\x01(\x86.', 'it names values that it does not hold'],
    ['l.', 'it ends a list that has not begun'],
    ['K\x01K\x02a.', 'it appends to what is no list'],
  ])('refuses %j', (pickle, message) => {
    expect(() => readPickle(Buffer.from(pickle, 'latin1'))).toThrow(new PickleFailure(message));
  });

  it('refuses a pickle that is cut off anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pickles), fc.nat(100_000), (pickle, place) => {
        const start = pickle.subarray(0, place % pickle.length);
        expect(() => readPickle(start)).toThrow(PickleFailure);
      }),
    );
  });

  it('fails in its own way at worst, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readOrFail(bytes)));
  });

  it('fails in its own way at worst when a byte of a pickle is another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pickles), fc.nat(100_000), fc.nat(255), (pickle, place, byte) => {
        const changed = Buffer.from(pickle);
        changed[place % changed.length] = byte;
        readOrFail(changed);
      }),
    );
  });
});

/** Writes what it reads, lists of metrics in JSON, as pickles in all protocols: one for each line. */
const WRITE_PICKLES = `
import json, pickle, sys
for line in sys.stdin:
    metrics = [(name, (time, value)) for name, time, value in json.loads(line)]
    print(*(pickle.dumps(metrics, protocol).hex() for protocol in range(6)))
`;

describe.skipIf(!hasPython)('readPickle and the pickle module of Python', () => {
  it('read the same from what that writes', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
    const metric = fc.tuple(fc.string({ unit: 'grapheme' }), number, number);
    const written = fc.sample(fc.array(metric, { maxLength: 30 }), { numRuns: 100, seed: 1 });
    const input = written.map((metrics) => `${JSON.stringify(metrics)}\n`).join('');
    const output = execFileSync('python3', ['-c', WRITE_PICKLES], { input, encoding: 'utf8' });
    const read = output
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map((hex) => readPickle(Buffer.from(hex, 'hex'))));
    // -0 is 0 in JSON.
    const expected = written.map((metrics) =>
      metrics.map(([name, time, value]) => [name, [time + 0, value + 0]]),
    );
    expect(read).toEqual(expected.map((metrics) => Array.from({ length: 6 }, () => metrics)));
  });
});
