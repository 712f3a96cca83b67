import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../../src/otlp/apportion.ts';
import { backOffMs } from '../../../src/otlp/back-off.ts';
import { BatchSize } from '../../../src/otlp/batch-size.ts';
import { cleanMessage } from '../../../src/otlp/clean-message.ts';

describe('backOffMs', () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [5, 32_000],
    [6, 60_000],
    [1_000_000, 60_000],
  ])('of attempt %i is spread between 0 and %i ms', (attempt, bound) => {
    expect(backOffMs(attempt, () => 0)).toBe(0);
    expect(backOffMs(attempt, () => 0.5)).toBe(bound / 2);
    expect(backOffMs(attempt, () => 1 - 2 ** -53)).toBe(bound - 1);
  });
});

describe('apportion', () => {
  it('gives what rounding leaves over to the largest remainders', () => {
    expect(apportion(10, [1, 10, 19])).toEqual([1, 3, 6]);
    expect(apportion(2, [1, 1, 1])).toEqual([1, 1, 0]);
    expect(apportion(0, [3, 4])).toEqual([0, 0]);
  });

  it('distributes exactly the total and gives nobody more than it has', () => {
    const weights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (weight, part) => {
        const sum = weight.reduce((a, b) => a + b, 0);
        const total = Math.floor(sum * part);
        const shares = apportion(total, weight);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        for (const [i, share] of shares.entries()) expect(share).toBeLessThanOrEqual(weight[i] ?? 0);
      }),
    );
  });
});

describe('BatchSize', () => {
  it('halves a size that was too large', () => {
    const size = new BatchSize(5000);
    size.tooLarge(5000);
    expect(size.limit).toBe(2500);
    size.tooLarge(1);
    expect(size.limit).toBe(1);
  });

  it('doubles it again after twenty full requests, up to where it was', () => {
    const size = new BatchSize(100);
    size.tooLarge(60);
    for (let i = 0; i < 19; i++) size.taken(30);
    expect(size.limit).toBe(30);
    size.taken(30);
    expect(size.limit).toBe(60);
    for (let i = 0; i < 20; i++) size.taken(60);
    expect(size.limit).toBe(100);
  });

  it('learns nothing from requests that were not full', () => {
    const size = new BatchSize(100);
    size.tooLarge(60);
    for (let i = 0; i < 100; i++) size.taken(29);
    expect(size.limit).toBe(30);
  });
});

describe('cleanMessage', () => {
  it('never returns control characters or more than 300 characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (text) => {
        const clean = cleanMessage(text);
        expect(Array.from(clean).length).toBeLessThanOrEqual(300);
        expect(clean).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
      }),
    );
  });
});
