import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../src/monitor/excerpt.ts';

const firstLine = { allLines: false, maxCharacters: 10 };
const all = { allLines: true, maxCharacters: 10 };

describe('excerptOf', () => {
  it.each([
    ['', firstLine, { text: '', length: 0 }],
    ['one\ntwo\n', firstLine, { text: 'one', length: 8 }],
    ['one\r\ntwo', firstLine, { text: 'one', length: 8 }],
    ['\none', firstLine, { text: '', length: 4 }],
    ['one\ntwo\n', all, { text: 'one\ntwo\n', length: 8 }],
    ['0123456789', all, { text: '0123456789', length: 10 }],
    ['0123456789a', all, { text: '0123456789...', length: 11 }],
    ['😀😀😀😀😀😀😀😀😀😀', all, { text: '😀😀😀😀😀😀😀😀😀😀', length: 10 }],
    ['😀😀😀😀😀😀😀😀😀😀a', all, { text: '😀😀😀😀😀😀😀😀😀😀...', length: 11 }],
    ['load=0.5,x', { ...firstLine, extract: /load=([0-9.]+)/ }, { text: '0.5', length: 3 }],
    ['<a\nb\nc>', { ...firstLine, extract: /<([^>]*)>/ }, { text: 'a', length: 5 }],
    ['load', { ...firstLine, extract: /load=(.)/ }, { text: '', length: 0 }],
    ['ab', { ...firstLine, extract: /a(x)?b/ }, { text: '', length: 0 }],
  ])('of %j with %j is %j', (text, options, excerpt) => {
    expect(excerptOf(text, options)).toEqual(excerpt);
  });
});
