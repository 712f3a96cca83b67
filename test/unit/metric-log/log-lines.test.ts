import { describe, expect, it } from 'vitest';
import { joinLines, linesWithin } from '../../../src/metric-log/log-lines.ts';
import { lineBlock } from '../../support/line-block.ts';

const LENGTHS = Uint32Array.of(10, 20, 30);

describe('linesWithin', () => {
  it.each([
    [0, 9, { count: 0, bytes: 0 }],
    [0, 10, { count: 1, bytes: 10 }],
    [0, 59, { count: 2, bytes: 30 }],
    [0, 60, { count: 3, bytes: 60 }],
    [1, 50, { count: 2, bytes: 50 }],
    [2, -1, { count: 0, bytes: 0 }],
    [3, 100, { count: 0, bytes: 0 }],
  ])('takes from line %d on what fits whole into %d bytes', (first, room, run) => {
    expect(linesWithin(LENGTHS, first, room)).toEqual(run);
  });
});

describe('joinLines', () => {
  it('puts lines one after the other', () => {
    const { lengths, text } = joinLines([lineBlock('m(1)', ['one', 'two']), lineBlock('m(2)', ['three'])]);
    expect(Array.from(lengths)).toEqual([4, 4, 6]);
    expect(text.toString()).toBe('one\ntwo\nthree\n');
  });

  it('does not copy a single part', () => {
    const block = lineBlock('m(1)', ['one']);
    expect(joinLines([block]).text).toBe(block.text);
  });
});
