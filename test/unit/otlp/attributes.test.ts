import { describe, expect, it } from 'vitest';
import { toAttributes } from '../../../src/otlp/attributes.ts';
import { lineOf, metricLine } from './support/lines.ts';

function attributesOf(fields: string, id = '', dropped: readonly string[] = []) {
  return toAttributes(metricLine(lineOf(`m 1 ${fields}`)).metric.fields, id, new Set(dropped));
}

describe('toAttributes', () => {
  it('makes strings of texts, booleans of true and false, integers of whole numbers', () => {
    expect(attributesOf('text="x y" yes=true no=false whole=-3')).toEqual({
      text: 'x y',
      yes: true,
      no: false,
      whole: -3,
    });
  });

  it('keeps the exact text of any number that is not whole, so a key never changes its type', () => {
    expect(attributesOf('a=1.0 b=1.5 c=1e22 d=-0.0')).toEqual({ a: '1.0', b: '1.5', c: '1e22', d: '-0.0' });
  });

  it('makes integers below 2^53 and texts beyond', () => {
    expect(attributesOf('a=9007199254740991 b=9007199254740993 c=18446744073709551616')).toEqual({
      a: 9007199254740991,
      b: '9007199254740993',
      c: '18446744073709551616',
    });
  });

  it('makes 0 of the whole number -0', () => {
    expect(Object.is(attributesOf('a=-0').a, 0)).toBe(true);
  });

  it('writes null, the form of NaN, as the text null', () => {
    expect(attributesOf('a=null')).toEqual({ a: 'null' });
  });

  it('keeps the last value of a name that stands there twice', () => {
    expect(attributesOf('a_b=1 a_b=2')).toEqual({ a_b: 2 });
  });

  it('adds the id of the monitor instance, which no field can replace', () => {
    expect(attributesOf('scalyr.monitor.id="other" a=1', 'disk-1')).toEqual({
      a: 1,
      'scalyr.monitor.id': 'disk-1',
    });
  });

  it('adds no id for an instance without one', () => {
    expect(attributesOf('a=1', '')).toEqual({ a: 1 });
  });

  it('leaves out the fields that the configuration drops', () => {
    expect(attributesOf('count=17 device="sda"', '', ['count'])).toEqual({ device: 'sda' });
  });

  it('replaces lone surrogates, which UTF-8 cannot carry', () => {
    expect(attributesOf(String.raw`a="x\ud800y" b="\ud83d\ude00"`)).toEqual({ a: 'x\uFFFDy', b: '😀' });
  });

  it('takes a field named __proto__ as an ordinary one', () => {
    const attributes = attributesOf('__proto__="x"');
    expect(Object.entries(attributes)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });
});
