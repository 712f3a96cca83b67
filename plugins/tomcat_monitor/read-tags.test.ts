import { describe, expect, it } from 'vitest';
import { readTags } from './read-tags.ts';

const read = (xml: string): unknown =>
  readTags(xml).map(({ name, attributes }) => [name, Object.fromEntries(attributes)]);

describe('readTags', () => {
  it('reads start tags with attributes in either quotes', () => {
    expect(read(`<a x='1' y = "2"><b/></a>`)).toEqual([
      ['a', { x: '1', y: '2' }],
      ['b', {}],
    ]);
  });

  it('reads what is escaped', () => {
    expect(read(`<a x='"&apos;&lt;&#233;&#xe9;&amp;lt;&gt;&unknown;'/>`)).toEqual([
      ['a', { x: `"'<éé&lt;>&unknown;` }],
    ]);
  });

  it('takes nothing in an attribute for a tag', () => {
    expect(read(`<worker uri="/<memory free='1'/>" /><memory free='2'/>`)).toEqual([
      ['worker', { uri: "/<memory free='1'/>" }],
      ['memory', { free: '2' }],
    ]);
  });

  it('leaves declarations and ends out', () => {
    expect(read(`<?xml version="1.0"?><!DOCTYPE a><a></a>`)).toEqual([['a', {}]]);
  });
});
