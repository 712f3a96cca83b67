import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { RequestEnd } from '../../../src/otlp/request-end.ts';
import { FakeClock } from '../../support/fake-clock.ts';

it('ends a request at its deadline', async () => {
  const clock = new FakeClock();
  const end = new RequestEnd(clock, 2_000, new AbortController().signal);
  await clock.advance(1_999);
  expect([end.signal.aborted, end.reason]).toEqual([false, undefined]);
  await clock.advance(1);
  expect([end.signal.aborted, end.reason]).toEqual([true, 'no complete answer within 2000 ms']);
});

it('ends a request when somebody asks for it, and keeps the first reason', async () => {
  const clock = new FakeClock();
  const asked = new AbortController();
  const end = new RequestEnd(clock, 2_000, asked.signal);
  asked.abort();
  await clock.advance(2_000);
  expect([end.signal.aborted, end.reason]).toEqual([true, 'stopped before the answer came']);
});

it('ends a request at once when somebody had asked before', () => {
  expect(new RequestEnd(new FakeClock(), 2_000, AbortSignal.abort()).signal.aborted).toBe(true);
});

it('leaves no timer and no listener behind when the request is over', () => {
  const clock = new FakeClock();
  const asked = new AbortController();
  const end = new RequestEnd(clock, 2_000, asked.signal);
  end.release();
  expect(clock.pending).toEqual([]);
  expect(getEventListeners(asked.signal, 'abort')).toEqual([]);
});
