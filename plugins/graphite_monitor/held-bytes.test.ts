import { describe, expect, it } from 'vitest';
import { HeldBytes } from './held-bytes.ts';

describe('HeldBytes', () => {
  it('puts what comes behind what is held', () => {
    const held = new HeldBytes();
    held.keep(held.with(Buffer.from('abc')).subarray(1));
    expect(held.with(Buffer.from('de')).toString()).toBe('bcde');
    expect(held.length).toBe(2);
  });

  it('holds a copy: what is done to the chunk later changes nothing', () => {
    const held = new HeldBytes();
    const chunk = Buffer.from('abc');
    held.keep(held.with(chunk));
    chunk.fill('x');
    expect(held.with(Buffer.from('d')).toString()).toBe('abcd');
  });

  it('holds a megabyte that comes byte by byte', () => {
    const held = new HeldBytes();
    const byte = Buffer.from('x');
    for (let count = 0; count < 1_000_000; count++) held.keep(held.with(byte));
    expect(held.length).toBe(1_000_000);
  });
});
