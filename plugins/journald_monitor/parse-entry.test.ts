import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader } from './line-reader.ts';
import { parseEntry } from './parse-entry.ts';

const NAMES = new Map([
  ['_PID', 'pid'],
  ['PRIORITY', 'level'],
]);

function entry(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ __CURSOR: 's=1;i=1', __REALTIME_TIMESTAMP: '1700000000123999', ...fields });
}

describe('parseEntry', () => {
  it('reads message, time, cursor and the fields that are wanted', () => {
    expect(parseEntry(entry({ MESSAGE: 'hello', _PID: '12', _UID: '0' }), NAMES)).toEqual({
      cursor: 's=1;i=1',
      timeMs: 1_700_000_000_123,
      message: 'hello',
      fields: { pid: '12' },
    });
  });

  it.each([
    ['bytes', [0x63, 0x61, 0x66, 0xc3, 0xa9], 'café'],
    ['bytes that are no UTF-8', [0xff, 0x61], '\uFFFDa'],
    ['several values', ['one', [0x74, 0x77, 0x6f], null], 'one\ntwo'],
    ['a value that journalctl left out', null, ''],
    ['nothing', undefined, ''],
  ])('reads a message of %s', (_, given, message) => {
    expect(parseEntry(entry({ MESSAGE: given }), NAMES)?.message).toBe(message);
  });

  it('takes nothing from lists within lists, however many there are', () => {
    const lists = '['.repeat(100_000) + ']'.repeat(100_000);
    const line = entry({ MESSAGE: 'lists' }).replace('"lists"', lists);
    expect(parseEntry(line, NAMES)?.message).toBe('');
  });

  it('reads back any text, written as text or as bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = [...Buffer.from(text)];
        expect(parseEntry(entry({ MESSAGE: text, _PID: bytes }), NAMES)).toMatchObject({
          message: text,
          fields: { pid: text },
        });
      }),
    );
  });

  it('refuses whatever is no entry, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(parseEntry(line, NAMES)).toBeUndefined();
      }),
    );
  });

  it.each(['0', '-5', 'soon', '253402300800000000', ''])('refuses an entry of the time %j', (time) => {
    expect(parseEntry(entry({ __REALTIME_TIMESTAMP: time }), NAMES)).toBeUndefined();
  });
});

describe('LineReader', () => {
  it('puts lines together, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), fc.nat(30), (texts, size) => {
        const lines = texts.map((text) => text.replaceAll('\n', ''));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const reader = new LineReader({ maxBytes: 1000 });
        const chunks = Array.from({ length: Math.ceil(bytes.length / (size + 1)) }, (_, n) =>
          bytes.subarray(n * (size + 1), (n + 1) * (size + 1)),
        );
        expect(chunks.flatMap((chunk) => reader.push(chunk))).toEqual(lines);
      }),
    );
  });

  it('skips a line that is too long, counts it, and goes on behind it', () => {
    const reader = new LineReader({ maxBytes: 4 });
    const lines = ['1234\n123', '45', '6789\nabc', '\n'].flatMap((text) => reader.push(Buffer.from(text)));
    expect(lines).toEqual(['1234', 'abc']);
    expect(reader.takeSkipped()).toBe(1);
    expect(reader.takeSkipped()).toBe(0);
  });
});
