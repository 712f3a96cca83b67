import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlaintext } from './parse-plaintext.ts';

describe('parsePlaintext', () => {
  it.each([
    ['app.requests 42 1700000000', { name: 'app.requests', value: 42, timeSecs: 1_700_000_000 }],
    ['disk.used;host=web-1 1.5 -1\r', { name: 'disk.used;host=web-1', value: 1.5, timeSecs: -1 }],
    [' a\t-.5e-3   1.25 ', { name: 'a', value: -0.0005, timeSecs: 1.25 }],
    ['a 5. 0', { name: 'a', value: 5, timeSecs: 0 }],
    ['a NaN 1', { name: 'a', value: Number.NaN, timeSecs: 1 }],
    ['a -Infinity 1', { name: 'a', value: Number.NaN, timeSecs: 1 }],
  ])('reads %j', (line, metric) => {
    expect(parsePlaintext(line)).toEqual(metric);
  });

  it.each([
    '',
    'a',
    'a 1',
    'a 1 2 3',
    'a x 1',
    'a 0x10 1',
    'a 1_000 1',
    'a . 1',
    'a 1e 1',
    'a 1 nan',
    'a 1 inf',
  ])('refuses %j', (line) => {
    expect(parsePlaintext(line)).toBeUndefined();
  });

  it('refuses a name that is too long', () => {
    expect(parsePlaintext(`${'n'.repeat(4096)} 1 1`)).toBeDefined();
    expect(parsePlaintext(`${'n'.repeat(4097)} 1 1`)).toBeUndefined();
  });

  it('reads every number that is written as a number', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, (value, timeSecs) => {
        expect(parsePlaintext(`a ${value} ${timeSecs}`)).toEqual({
          name: 'a',
          value: Number(String(value)),
          timeSecs: Number(String(timeSecs)),
        });
      }),
    );
  });

  it.each([' ', '1', 'a ', '1e', '. '])('takes no long time for %j a hundred thousand times', (part) => {
    expect(parsePlaintext(part.repeat(100_000))).toBeUndefined();
  });
});
