import { describe, expect, it } from 'vitest';
import { Losses } from '../../../src/monitor/losses.ts';

function makeLosses() {
  return new Losses({
    split: (count) => `Split ${count}`,
    refused: (count) => `Refused ${count}`,
    unreadable: (count) => `Left out ${count}`,
  });
}

describe('Losses', () => {
  it('tells how much of each kind was lost, in the order in which the kinds came', () => {
    const losses = makeLosses();
    losses.add('refused');
    losses.add('split', 40);
    losses.add('refused');
    losses.add('split', 2);
    expect(losses.tell()).toEqual(['Refused 2', 'Split 42']);
  });

  it('tells only what was lost since the last time', () => {
    const losses = makeLosses();
    losses.add('split', 3);
    losses.tell();
    losses.add('unreadable');
    losses.add('split');
    expect(losses.tell()).toEqual(['Left out 1', 'Split 1']);
  });

  it('tells nothing when nothing was lost', () => {
    const losses = makeLosses();
    losses.add('split', 0);
    expect(losses.tell()).toEqual([]);
  });
});
