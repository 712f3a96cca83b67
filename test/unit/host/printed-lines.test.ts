import { describe, expect, it } from 'vitest';
import { PrintedLines } from '../../../src/host/printed-lines.ts';

describe('PrintedLines', () => {
  function linesOf(...chunks: (string | Buffer)[]): string[] {
    const lines: string[] = [];
    const printed = new PrintedLines((line) => lines.push(line));
    for (const chunk of chunks) printed.push(Buffer.from(chunk));
    printed.end();
    return lines;
  }

  it('gives a line when its line break has come', () => {
    expect(linesOf('one\ntw', 'o\r\n', '\nthree\n')).toEqual(['one', 'two', '', 'three']);
  });

  it('gives the last line without a line break at the end', () => {
    expect(linesOf('no end')).toEqual(['no end']);
  });

  it('puts a character together that was cut in two', () => {
    const bytes = Buffer.from('é\n');

    expect(linesOf(bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['é']);
  });

  it('cuts a long line and counts the rest', () => {
    expect(linesOf('x'.repeat(3000), 'x'.repeat(3000), '\nnext\n')).toEqual([
      `${'x'.repeat(4096)}… (1904 more characters)`,
      'next',
    ]);
  });
});
