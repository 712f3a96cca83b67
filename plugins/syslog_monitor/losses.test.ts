import { expect, it } from 'vitest';
import { Losses } from './losses.ts';

it('tells how much of each kind was lost since the last time', () => {
  const losses = new Losses();
  losses.add('refused');
  losses.add('notAccepted', 2);
  losses.add('refused');
  expect(losses.tell()).toEqual([
    expect.stringMatching(/^Closed 2 connections at once, .* tcp_max_connections/),
    expect.stringMatching(/^Could not accept 2 connections: .*LimitNOFILE/),
  ]);
  losses.add('split');
  expect(losses.tell()).toEqual([expect.stringMatching(/^Split 1 message over TCP/)]);
  expect(losses.tell()).toEqual([]);
});
