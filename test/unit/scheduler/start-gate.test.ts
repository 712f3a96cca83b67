import { describe, expect, it } from 'vitest';
import { StartGate } from '../../../src/scheduler/start-gate.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';

const NEVER = new AbortController().signal;

function enterAll(
  gate: StartGate,
  names: readonly string[],
): { inside: string[]; leave: Record<string, () => void> } {
  const inside: string[] = [];
  const leave: Record<string, () => void> = {};
  const enter = async (name: string): Promise<void> => {
    leave[name] = await gate.enter(NEVER);
    inside.push(name);
  };
  for (const name of names) void enter(name);
  return { inside, leave };
}

describe('StartGate', () => {
  it('lets as many in as there are slots, and the next one when one leaves', async () => {
    const gate = new StartGate(new FakeClock(), { slots: 2, longestMs: 1000 });
    const { inside, leave } = enterAll(gate, ['a', 'b', 'c', 'd']);
    await settle();
    expect(inside).toEqual(['a', 'b']);
    leave['a']?.();
    leave['a']?.();
    await settle();
    expect(inside).toEqual(['a', 'b', 'c']);
  });

  it('gives the slot of one that takes too long to the next', async () => {
    const clock = new FakeClock();
    const gate = new StartGate(clock, { slots: 1, longestMs: 1000 });
    const { inside } = enterAll(gate, ['hangs', 'next']);
    await clock.advance(999);
    expect(inside).toEqual(['hangs']);
    await clock.advance(1);
    expect(inside).toEqual(['hangs', 'next']);
  });

  it('lets one that gives up waiting go, and keeps its place for nobody', async () => {
    const gate = new StartGate(new FakeClock(), { slots: 1, longestMs: 1000 });
    const leave = await gate.enter(NEVER);
    const impatient = new AbortController();
    const gaveUp = gate.enter(impatient.signal);
    const { inside } = enterAll(gate, ['patient']);
    impatient.abort();
    (await gaveUp)();
    expect(inside).toEqual([]);
    leave();
    await settle();
    expect(inside).toEqual(['patient']);
  });
});
