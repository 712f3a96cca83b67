import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineRequests, PickleRequests, RequestTooLong } from './requests.ts';
import type { Requests } from './requests.ts';

function readingLines(maxBytes = 100): { requests: Requests; lines: string[] } {
  const lines: string[] = [];
  return { requests: new LineRequests(maxBytes, (line) => lines.push(line)), lines };
}

function readingPickles(maxBytes = 100): { requests: Requests; pickles: string[] } {
  const pickles: string[] = [];
  const requests = new PickleRequests(maxBytes, (pickle) => pickles.push(pickle.toString()));
  return { requests, pickles };
}

/** A pickle behind its length. */
function framed(content: string): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(Buffer.byteLength(content));
  return Buffer.concat([header, Buffer.from(content)]);
}

/** Cuts bytes at some places. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % bytes.length), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

describe('LineRequests', () => {
  it('hands over the same lines however they are cut into chunks', () => {
    const bytes = Buffer.from('app.a 1 2\n\ncafé.ü 3 4\r\nb 5 6\nrest');
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 12 }), (cuts) => {
        const { requests, lines } = readingLines();
        for (const chunk of chunksOf(bytes, cuts)) requests.receive(chunk);
        expect(lines).toEqual(['app.a 1 2', '', 'café.ü 3 4\r', 'b 5 6']);
        expect(requests.unfinishedBytes).toBe(4);
      }),
    );
  });

  it('says whether a chunk completed a line', () => {
    const { requests } = readingLines();
    const completed = ['a 1', ' 2\nb', ' 3 4', '\n'].map((text) => requests.receive(Buffer.from(text)));
    expect(completed).toEqual([false, true, false, true]);
  });

  it('takes a line of exactly as many bytes as may be, and no longer one', () => {
    const { requests, lines } = readingLines(4);
    requests.receive(Buffer.from('1234\n'));
    expect(() => requests.receive(Buffer.from('ééé\n'))).toThrow('a line is longer than 4 bytes');
    expect(lines).toEqual(['1234']);
  });

  it('does not wait for the end of a line that is already too long', () => {
    const { requests } = readingLines(4);
    requests.receive(Buffer.from('1234'));
    expect(() => requests.receive(Buffer.from('5'))).toThrow(RequestTooLong);
  });
});

describe('PickleRequests', () => {
  it('hands over the same pickles however they are cut into chunks', () => {
    const bytes = Buffer.concat([
      framed('first'),
      framed(''),
      framed('x'.repeat(50)),
      framed('rest').subarray(0, 6),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 12 }), (cuts) => {
        const { requests, pickles } = readingPickles();
        for (const chunk of chunksOf(bytes, cuts)) requests.receive(chunk);
        expect(pickles).toEqual(['first', '', 'x'.repeat(50)]);
        expect(requests.unfinishedBytes).toBe(6);
      }),
    );
  });

  it('refuses a pickle by its length, before it has come', () => {
    const { requests, pickles } = readingPickles(5);
    requests.receive(framed('12345'));
    expect(() => requests.receive(Buffer.from([0, 0, 0, 6]))).toThrow(
      'a pickle of 6 bytes is longer than 5 bytes',
    );
    expect(pickles).toEqual(['12345']);
  });
});
