import { describe, expect, it } from 'vitest';
import { BadMonitorConfiguration } from '../../../src/monitor/bad-monitor-configuration.ts';
import { readPattern } from '../../../src/monitor/read-pattern.ts';

describe('readPattern', () => {
  it.each([
    ['load=([0-9.]+)', 'load=0.5,x', '0.5'],
    ['(?P<load>\\d+) (?P=load)', '1 2 2', '2'],
    ['(?i)ERROR: (.*)', 'error: disk', 'disk'],
    ['(?s)a(.*)b', 'a\nb', '\n'],
    ['\\A(b)', 'ab', undefined],
    ['\\A(a)', 'ab', 'a'],
    ['(b)\\Z', 'ab', 'b'],
    ['(b)\\Z', 'ab\n', undefined],
    ['[]x]+(\\d)', ']x1', '1'],
    ['[\\A-Z](\\d)', 'B1', '1'],
    ['(\\"[^"]*\\")', 'say "hi"', '"hi"'],
  ])('takes of %j in %j the group %j', (pattern, text, group) => {
    expect(readPattern(pattern, { field: 'extract', needsGroup: true }).exec(text)?.[1]).toBe(group);
  });

  it.each([
    ['(', 'Cannot use "(" for field "extract" as a regular expression: /(/: Unterminated group'],
    [
      'load=[0-9.]+',
      'Cannot use "load=[0-9.]+" for field "extract": wanted a group, as in "load=([0-9.]+)", whose content is taken',
    ],
    [
      '(?:a)',
      'Cannot use "(?:a)" for field "extract": wanted a group, as in "load=([0-9.]+)", whose content is taken',
    ],
  ])('refuses %j', (pattern, message) => {
    const read = (): RegExp => readPattern(pattern, { field: 'extract', needsGroup: true });
    expect(read).toThrow(BadMonitorConfiguration);
    expect(read).toThrow(message);
  });

  it('needs no group where only a match counts', () => {
    expect(readPattern('java.*tomcat6', { field: 'commandline' }).test('java -jar tomcat6')).toBe(true);
  });
});
