import { beforeEach, describe, expect, it } from 'vitest';
import { BoundedDiagnostics, type Boundable } from '../../../src/host/bounded-diagnostics.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('BoundedDiagnostics', () => {
  let clock: FakeClock;
  let delivered: Boundable[];
  let diagnostics: BoundedDiagnostics<Boundable>;

  beforeEach(() => {
    clock = new FakeClock();
    delivered = [];
    diagnostics = new BoundedDiagnostics<Boundable>({
      clock,
      deliver: (message) => delivered.push(message),
      summarize: (message) => message,
      maxPerSecond: 2,
    });
  });

  function report(...messages: string[]): void {
    for (const message of messages) diagnostics.report({ level: 'info', message, timeMs: clock.now() });
  }

  it('passes on what is within the bound', () => {
    report('a', 'b');

    expect(delivered.map((each) => each.message)).toEqual(['a', 'b']);
    expect(clock.pending).toEqual([]);
  });

  it('says within a second how many it dropped', async () => {
    report('a', 'b', 'c', 'd', 'e');
    await clock.advance(1000);

    expect(delivered.map((each) => each.message)).toEqual([
      'a',
      'b',
      'Dropped 3 messages: at most 2 are taken in a second',
    ]);
    expect(delivered[2]).toMatchObject({ level: 'warn', timeMs: clock.now() });
  });

  it('passes messages on again in the next second', async () => {
    report('a', 'b', 'c');
    await clock.advance(1000);
    report('d');

    expect(delivered.at(-1)?.message).toBe('d');
  });

  it('says what it dropped at once when it is flushed, and only once', async () => {
    report('a', 'b', 'c');
    diagnostics.flush();
    await clock.advance(5000);

    expect(delivered.map((each) => each.message)).toEqual([
      'a',
      'b',
      'Dropped 1 message: at most 2 are taken in a second',
    ]);
  });

  it('cuts long messages and stacks and says how much is missing', () => {
    diagnostics.report({ level: 'error', message: 'm'.repeat(10_000), timeMs: 0, stack: 's'.repeat(20_000) });

    expect(delivered[0]?.message).toBe(`${'m'.repeat(8192)}… (1808 more characters)`);
    expect(delivered[0]?.stack).toBe(`${'s'.repeat(16_384)}… (3616 more characters)`);
  });
});
