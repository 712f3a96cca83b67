import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DroppedInput } from './dropped-input.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function make(): { dropped: DroppedInput; warnings: string[] } {
  const warnings: string[] = [];
  const warn = (message: string, kind: string): void => void warnings.push(`${kind}: ${message}`);
  return { dropped: new DroppedInput({ warn, everySecs: 60 }), warnings };
}

describe('DroppedInput', () => {
  it('warns of the first at once, and later of the latest, with the number of those since', () => {
    const { dropped, warnings } = make();
    for (const line of ['a', 'b', 'c', 'd']) dropped.add('line', () => line);
    expect(warnings).toEqual(['line: a']);
    vi.advanceTimersByTime(60_000);
    expect(warnings).toEqual(['line: a', 'line: d (3 such since the last message)']);
  });

  it('counts each kind by itself', () => {
    const { dropped, warnings } = make();
    dropped.add('line', () => 'a');
    dropped.add('pickle', () => 'b');
    dropped.add('pickle', () => 'c');
    dropped.close();
    expect(warnings).toEqual(['line: a', 'pickle: b', 'pickle: c (1 such since the last message)']);
  });

  it('warns at once again after a while without any', () => {
    const { dropped, warnings } = make();
    dropped.add('line', () => 'a');
    vi.advanceTimersByTime(60_000);
    dropped.add('line', () => 'b');
    expect(warnings).toEqual(['line: a', 'line: b']);
  });

  it('leaves no timer behind', () => {
    const { dropped } = make();
    dropped.add('line', () => 'a');
    dropped.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
