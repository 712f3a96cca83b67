import { expect, it } from 'vitest';
import type { CursorProgress } from '../../../src/otlp/delivery-contract.ts';
import { ProgressThrottle } from '../../../src/otlp/progress-throttle.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function progress(backend: string, offset: number): CursorProgress {
  return {
    backend,
    signal: 'metrics',
    position: { segment: 1, offset },
    since: {},
    settled: {},
    state: { kind: 'idle' },
  };
}

function open() {
  const clock = new FakeClock();
  const sent: string[] = [];
  const throttle = new ProgressThrottle(clock, ({ backend, position }) =>
    sent.push(`${backend} ${position.offset}`),
  );
  return { clock, sent, throttle };
}

it('sends the first report of a lane at once and the last one of each tenth of a second', async () => {
  const { clock, sent, throttle } = open();
  throttle.report(progress('a', 1));
  throttle.report(progress('a', 2));
  throttle.report(progress('a', 3));
  expect(sent).toEqual(['a 1']);
  await clock.advance(100);
  expect(sent).toEqual(['a 1', 'a 3']);
  await clock.advance(100);
  throttle.report(progress('a', 4));
  expect(sent).toEqual(['a 1', 'a 3', 'a 4']);
});

it('does not hold up one lane for another', () => {
  const { sent, throttle } = open();
  throttle.report(progress('a', 1));
  throttle.report(progress('b', 1));
  expect(sent).toEqual(['a 1', 'b 1']);
});

it('sends what is held back when it is flushed', () => {
  const { clock, sent, throttle } = open();
  throttle.report(progress('a', 1));
  throttle.report(progress('a', 2));
  throttle.flush();
  expect(sent).toEqual(['a 1', 'a 2']);
  expect(clock.pending).toEqual([]);
});
