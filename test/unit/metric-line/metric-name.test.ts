import { describe, expect, it } from 'vitest';
import { compareCodePoints, legalName } from '../../../src/metric-line/metric-name.ts';

describe('legalName', () => {
  it.each([
    ['a.b-c_d.9', 'a.b-c_d.9'],
    ['métric', 'métric'],
    ['x٣', 'x٣'],
    ['émetric', 'sa_émetric'],
    ['1k', 'sa_1k'],
    ['', 'sa_'],
    ['a b+c', 'a_b_c'],
    ['a😀b', 'a_b'],
    ['a\ud800b', 'a_b'],
    ['cafe\u0301', 'cafe_'],
    ['value', 'value_'],
    ['severity', 'severity_'],
    ['1value', 'sa_1value'],
    ['timestamp', 'timestamp'],
    ['constructor', 'constructor'],
  ])('makes %j into %j', (given, written) => {
    expect(legalName(given)).toBe(written);
  });

  it('lets one line break at the end slip through, as the agent does, but not two', () => {
    expect(legalName('abc\n')).toBe('abc\n');
    expect(legalName('abc\n\n')).toBe('abc__');
    expect(legalName('1abc\n')).toBe('sa_1abc_');
  });

  it('gives the same answer when it has forgotten a name', () => {
    const names = Array.from({ length: 20_001 }, (_, i) => `1name${i}`);
    expect(names.map(legalName)).toEqual(names.map((name) => `sa_${name}`));
    expect(legalName('1name0')).toBe('sa_1name0');
  });
});

describe('compareCodePoints', () => {
  it('puts U+FF01 before an emoji, which UTF-16 order would not', () => {
    expect(['😀', '！', 'a', 'B', '', 'ab'].sort(compareCodePoints)).toEqual([
      '',
      'B',
      'a',
      'ab',
      '！',
      '😀',
    ]);
  });

  it('compares whole code points when only the second halves of two pairs differ', () => {
    expect(compareCodePoints('x😀', 'x😁')).toBeLessThan(0);
  });

  it('takes half of a pair for what it is', () => {
    expect(compareCodePoints('\ud83d\ue000', '\ud83d\ude00')).toBeLessThan(0);
    expect(compareCodePoints('\ud83d\ude00', '\ud83d\ue000')).toBeGreaterThan(0);
  });
});
