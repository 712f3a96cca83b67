import { describe, expect, it } from 'vitest';
import { OnceInAWhile } from '../../../src/log/once-in-a-while.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('OnceInAWhile', () => {
  it('is for saying a thing the first time, and then once in a while with a count', async () => {
    const clock = new FakeClock();
    const trouble = new OnceInAWhile(clock, 1000);
    expect(trouble.happened()).toBe(1);
    expect(trouble.happened()).toBeUndefined();
    await clock.advance(999);
    expect(trouble.happened(5)).toBeUndefined();
    await clock.advance(1);
    expect(trouble.happened()).toBe(7);
  });

  it('starts anew when the thing is over', () => {
    const trouble = new OnceInAWhile(new FakeClock(), 1000);
    trouble.happened();
    trouble.happened();
    trouble.ended();
    expect(trouble.happened()).toBe(1);
  });
});
