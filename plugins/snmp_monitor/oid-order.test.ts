import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBehind } from './oid-order.ts';

describe('isBehind', () => {
  it.each([
    ['1.3.6.2', '1.3.6.1', true],
    ['1.3.6.10', '1.3.6.9', true],
    ['1.3.6.1.0', '1.3.6.1', true],
    ['1.3.6.1', '1.3.6.1', false],
    ['1.3.6', '1.3.6.1', false],
    ['1.3.6.9.5', '1.3.6.10', false],
  ])('says of %s and %s: %s', (oid, other, expected) => {
    expect(isBehind(oid, other)).toBe(expected);
  });

  it('puts of two different OIDs exactly one behind the other', () => {
    const oid = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 5 }).map((arcs) => arcs.join('.'));
    fc.assert(
      fc.property(oid, oid, (one, other) => {
        expect([isBehind(one, other), isBehind(other, one)].filter(Boolean)).toHaveLength(
          one === other ? 0 : 1,
        );
      }),
    );
  });
});
