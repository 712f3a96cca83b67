import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from './frame-reader.ts';
import type { Frame, Framing } from './frame-reader.ts';

function makeReader(framing: Partial<Framing> = {}): FrameReader {
  return new FrameReader({ delimiter: Buffer.from('\n'), maxBytes: 64, readsLengths: true, ...framing });
}

function textsOf(frames: readonly Frame[]): string[] {
  return frames.map(({ bytes }) => bytes.toString());
}

describe('FrameReader', () => {
  it('waits for the delimiter', () => {
    const reader = makeReader();
    expect(reader.push(Buffer.from('<13>a\n<13>b'))).toEqual([
      { bytes: Buffer.from('<13>a'), isRest: false, isEnd: true },
    ]);
    expect(reader.isWaiting).toBe(true);
    expect(textsOf(reader.push(Buffer.from('c\n')))).toEqual(['<13>bc']);
    expect(reader.isWaiting).toBe(false);
  });

  it('takes a delimiter of several bytes that comes in two parts', () => {
    const reader = makeReader({ delimiter: Buffer.from('\r\n') });
    expect(reader.push(Buffer.from('a\nb\r'))).toEqual([]);
    expect(textsOf(reader.push(Buffer.from('\nc\r\n')))).toEqual(['a\nb', 'c']);
  });

  it('takes a message with its length in front of it, however it comes', () => {
    const reader = makeReader();
    const texts = Array.from('7 <13>a\nb6 <13>cd', (byte) => textsOf(reader.push(Buffer.from(byte))));
    expect(texts.flat()).toEqual(['<13>a\nb', '<13>cd']);
  });

  it('takes lengths and delimiters on one connection, and a delimiter behind a length', () => {
    const frames = makeReader().push(Buffer.from('6 <13>ab\n<13>c\n5 <13>d<13>e\n'));
    expect(textsOf(frames)).toEqual(['<13>ab', '', '<13>c', '<13>d', '<13>e']);
  });

  it.each(['404 not found', '0 <13>a', '012 <13>a', '1234567 <13>a', '12<13>a', '12  <13>a'])(
    'takes %j for a text, not for a length',
    (text) => {
      expect(textsOf(makeReader().push(Buffer.from(`${text}\n`)))).toEqual([text]);
    },
  );

  it('reads no lengths when it shall not', () => {
    expect(textsOf(makeReader({ readsLengths: false }).push(Buffer.from('5 <13>abc\n')))).toEqual([
      '5 <13>abc',
    ]);
  });

  it('splits what is longer than it may be, and says which parts belong together', () => {
    const frames = makeReader().push(Buffer.from(`${'a'.repeat(130)}\nnext\n`));
    expect(frames.map(({ bytes, isRest, isEnd }) => [bytes.length, isRest, isEnd])).toEqual([
      [64, false, false],
      [64, true, false],
      [2, true, true],
      [4, false, true],
    ]);
  });

  it('splits a message with a length, and goes on behind it', () => {
    const frames = makeReader().push(Buffer.from(`100 <13>${'a'.repeat(96)}6 <13>bc`));
    expect(frames.map(({ bytes, isRest, isEnd }) => [bytes.length, isRest, isEnd])).toEqual([
      [64, false, false],
      [36, true, true],
      [6, false, true],
    ]);
  });

  it('gives out what waits, and then the rest of that message', () => {
    const reader = makeReader();
    reader.push(Buffer.from('20 <13>begin'));
    expect(reader.flush()).toEqual({ bytes: Buffer.from('<13>begin'), isRest: false, isEnd: false });
    expect(reader.flush()).toBeUndefined();
    expect(reader.push(Buffer.from('12 <and end6 <13>bc'))).toEqual([
      { bytes: Buffer.from('12 <and end'), isRest: true, isEnd: true },
      { bytes: Buffer.from('<13>bc'), isRest: false, isEnd: true },
    ]);
  });

  it('loses nothing and never keeps more than a message, whatever comes in whatever parts', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const structured = fc
      .array(fc.oneof(fc.constantFrom('\n', '1', '9', '64', ' ', '<', '<13>', 'é', 'text'), fc.string()))
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(fc.array(fc.oneof(bytes, structured)), (chunks) => {
        const reader = makeReader({ readsLengths: false });
        const frames = chunks.flatMap((chunk) => reader.push(Buffer.from(chunk)));
        const rest = reader.flush()?.bytes ?? Buffer.alloc(0);
        const together = frames.map(({ bytes: part, isEnd }) =>
          isEnd ? Buffer.concat([part, Buffer.from('\n')]) : part,
        );
        expect(Buffer.concat([...together, rest])).toEqual(Buffer.concat(chunks));
        expect(rest.length).toBeLessThanOrEqual(64);
        expect(frames.every((frame) => frame.bytes.length <= 64)).toBe(true);
      }),
    );
  });

  it('reads back what a sender that counts has sent, whatever it is and however it is cut', () => {
    const message = fc.uint8Array({ maxLength: 59 }).map((bytes) => Buffer.from([0x3c, ...bytes]));
    fc.assert(
      fc.property(fc.array(message), fc.integer({ min: 1, max: 20 }), (messages, size) => {
        const stream = Buffer.concat(
          messages.map((bytes) => Buffer.concat([Buffer.from(`${bytes.length} `), bytes])),
        );
        const reader = makeReader();
        const frames = cut(stream, size).flatMap((chunk) => reader.push(chunk));
        expect(frames.map(({ bytes }) => bytes)).toEqual(messages);
        expect(reader.isWaiting).toBe(false);
      }),
    );
  });
});

function cut(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
}
