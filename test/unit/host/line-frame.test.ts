import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../../src/host/frame-reader.ts';
import { decodeFrames, encodeFrame } from '../../../src/host/line-frame.ts';

describe('a line frame', () => {
  it('is the length, little endian, and the line', () => {
    expect(encodeFrame('a 1\n', 'metrics')).toEqual(Buffer.from('040000006120310a', 'hex'));
  });

  it('has the highest bit set for a log line', () => {
    expect(encodeFrame('hi\n', 'logs')).toEqual(Buffer.from('0300008068690a', 'hex'));
  });

  it.each([
    { title: 'an empty frame', bytes: '00000000' },
    { title: 'a length over the limit', bytes: '0100100061' },
    { title: 'a line without a line feed', bytes: '020000006161' },
  ])('is refused: $title', ({ bytes }) => {
    expect(() => decodeFrames(Buffer.from(bytes, 'hex'), 'm()')).toThrow(TypeError);
  });

  it('is delivered when a bad one comes after it', () => {
    const bytes = Buffer.concat([encodeFrame('good\n', 'metrics'), Buffer.alloc(4)]);

    const { block, rest } = decodeFrames(bytes, 'm()');

    expect(block?.text.toString()).toBe('good\n');
    expect(() => decodeFrames(rest, 'm()')).toThrow(TypeError);
  });

  it('arrives the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (texts, sizes) => {
          const bytes = Buffer.concat(texts.map((text) => encodeFrame(`${text}\n`, 'metrics')));
          let at = 0;
          const reader = new FrameReader('m()', () => {
            const from = at;
            at = Math.min(bytes.length, from + (sizes.next().value ?? 1));
            return from === at ? undefined : Buffer.from(bytes.subarray(from, at));
          });

          let received = '';
          for (let block = reader.drain(1); block !== undefined; block = reader.drain(1))
            received += block.text.toString();

          expect(received).toBe(texts.map((text) => `${text}\n`).join(''));
        },
      ),
    );
  });
});
