import { describe, expect, it } from 'vitest';
import { MessageLines } from '../../../src/host/process/message-lines.ts';

describe('MessageLines', () => {
  it('puts messages together from chunks that end anywhere, inside a character too', () => {
    const lines = new MessageLines();
    const bytes = Buffer.from('{"a":1}\n{"é":2}\n{"b"');

    expect(lines.push(bytes.subarray(0, 3))).toEqual([]);
    expect(lines.push(bytes.subarray(3, 11))).toEqual(['{"a":1}']);
    expect(lines.push(bytes.subarray(11))).toEqual(['{"é":2}']);
    expect(lines.push(Buffer.from(':3}\n'))).toEqual(['{"b":3}']);
  });

  it('refuses a message without end', () => {
    const lines = new MessageLines();

    expect(() => lines.push(Buffer.alloc(16 * 1024 * 1024 + 1, 'x'))).toThrow(RangeError);
  });
});
