import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../src/otlp/send-outcome.ts';
import { ACCEPTED, BAD, FakeTransport } from './support/fake-transport.ts';
import { LaneFixture } from './support/lane-fixture.ts';

const TOO_LARGE: SendOutcome = { kind: 'refused', status: 413, reason: 'HTTP 413 Payload Too Large' };

/** Refuses every request that holds one of `bad`, as strict backends do. */
function refusing(bad: readonly string[]): FakeTransport {
  return new FakeTransport((items) => (items.some((item) => bad.includes(item)) ? BAD : ACCEPTED));
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `m ${i}`);
}

describe('a backend that refuses single points', () => {
  it('gets all the others, in their order', async () => {
    const transport = refusing(['m=2']);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1', 'm 2', 'm 3', 'm 4']);
    await fixture.pass(5_000);
    expect(transport.accepted).toEqual(['m=1', 'm=3', 'm=4']);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 3, rejected: 1 } });
  });

  it('leaves them in the dead letters, with the reason', async () => {
    const fixture = new LaneFixture({ transport: refusing(['m=2']) });
    fixture.append(['m 1', 'm 2']);
    await fixture.pass(5_000);
    expect(fixture.deadLetters).toEqual([
      {
        time: '2023-11-14T22:13:25.000Z',
        backend: 'main',
        status: 400,
        reason: 'HTTP 400 Bad Request: bad point',
        line: '2014-07-29 20:22:06.789Z [coin_monitor()] m 2',
      },
    ]);
    expect(fixture.logger.messages('warn')).toEqual([
      'Backend "main" refuses 1 metrics: HTTP 400 Bad Request: bad point; see "main.jsonl"',
    ]);
  });

  it('loses exactly the bad ones, wherever they are and however many', async () => {
    const sizes = fc.integer({ min: 1, max: 60 });
    const linesAndBadOnes = sizes.chain((n) => fc.tuple(fc.constant(n), fc.subarray(numbered(n))));
    await fc.assert(
      fc.asyncProperty(linesAndBadOnes, async ([count, bad]) => {
        const transport = refusing(bad.map((content) => content.replace(' ', '=')));
        const fixture = new LaneFixture({ transport });
        fixture.append(numbered(count));
        await fixture.pass(5_000);
        const good = numbered(count).filter((content) => !bad.includes(content));
        expect(transport.accepted).toEqual(good.map((content) => content.replace(' ', '=')));
        expect(fixture.deadLetters.map(({ line }) => line.split('] ')[1])).toEqual(bad);
        expect(fixture.settled?.['coin_monitor()']?.rejected ?? 0).toBe(bad.length);
        expect(fixture.settled?.['coin_monitor()']?.acknowledged ?? 0).toBe(good.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is asked again when it is busy in the middle of the search', async () => {
    const transport = refusing(['m=3']);
    const refuse = transport.decide;
    let requests = 0;
    transport.decide = (items, signal) =>
      ++requests % 2 === 0 ? { kind: 'retry', reason: 'busy' } : refuse(items, signal);
    const fixture = new LaneFixture({ transport });
    fixture.append(numbered(8));
    await fixture.pass(120_000);
    expect(transport.accepted).toEqual(['m=0', 'm=1', 'm=2', 'm=4', 'm=5', 'm=6', 'm=7']);
  });
});

describe('a mistake of ours in sending', () => {
  it('costs no line: it is said, and they are sent again', async () => {
    const mistake = (): never => {
      throw new TypeError('a mistake');
    };
    const transport = new FakeTransport(mistake);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1']);
    await fixture.pass(5_000);
    transport.decide = () => ACCEPTED;
    await fixture.pass(60_000);
    expect(fixture.deadLetters).toEqual([]);
    expect(transport.accepted).toEqual(['m=1']);
    expect(fixture.logger.messages('error')).toEqual([
      'Delivery of metrics to backend "main" stumbled and goes on from its cursor: a mistake',
    ]);
  });
});

describe('a backend that refuses everything', () => {
  it('is asked once more when the collector stops, not again and again until the deadline', async () => {
    const transport = new FakeTransport(() => BAD);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1', 'm 2']);
    await fixture.pass(5_000);
    const before = transport.requests.length;
    await fixture.lane.stop(60_000);
    expect(transport.requests.slice(before)).toEqual([['m=1', 'm=2'], [], ['m=1'], ['m=2']]);
    expect(fixture.settled).toBeUndefined();
    expect(fixture.deadLetters).toEqual([]);
    expect(fixture.logger.messages('warn')).toEqual([
      'Backend "main" did not take the last metrics: refuses every request: HTTP 400 Bad Request: bad point; they stay in the spool',
    ]);
  });

  it('is no less wrong when it finds everything too large, the empty request too', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(() => TOO_LARGE) });
    fixture.append(['m 1', 'm 2']);
    await fixture.pass(5_000);
    expect(fixture.deadLetters).toEqual([]);
    expect(fixture.state).toMatchObject({
      kind: 'endpoint-wrong',
      reason: 'refuses every request: HTTP 413 Payload Too Large',
    });
  });

  it('is taken for a wrong endpoint, and nothing goes to the dead letters', async () => {
    const transport = new FakeTransport(() => BAD);
    const fixture = new LaneFixture({ transport });
    fixture.append(numbered(8));
    await fixture.pass(5_000);
    expect(transport.requests.map((items) => items.length)).toEqual([8, 0, 1, 1, 1, 1]);
    expect(fixture.state).toMatchObject({
      kind: 'endpoint-wrong',
      reason: 'refuses every request: HTTP 400 Bad Request: bad point',
    });
    expect(fixture.deadLetters).toEqual([]);
  });

  it('gets everything once it is set right', async () => {
    const transport = new FakeTransport(() => BAD);
    const fixture = new LaneFixture({ transport });
    fixture.append(numbered(3));
    await fixture.pass(100_000);
    transport.decide = () => ACCEPTED;
    await fixture.pass(60_000);
    expect(transport.accepted).toEqual(['m=0', 'm=1', 'm=2']);
  });

  it('is believed about its data when it takes an empty request', async () => {
    const transport = new FakeTransport((items) => (items.length === 0 ? ACCEPTED : BAD));
    const fixture = new LaneFixture({ transport });
    fixture.append(numbered(2));
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { rejected: 2 } });
  });

  it('is doubted again after it has refused a whole batch', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 0']);
    await fixture.pass(5_000);
    transport.decide = () => BAD;
    fixture.append(['m 1']);
    await fixture.pass(5_000);
    fixture.append(['m 2']);
    await fixture.pass(5_000);
    expect(fixture.deadLetters).toHaveLength(1);
    expect(fixture.state).toMatchObject({ kind: 'endpoint-wrong' });
  });

  it('is not asked for an empty request as long as it takes something', async () => {
    const transport = refusing(['m=1']);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 0']);
    await fixture.pass(5_000);
    fixture.append(['m 1', 'm 2']);
    await fixture.pass(5_000);
    expect(transport.requests).toEqual([['m=0'], ['m=1', 'm=2'], ['m=1'], ['m=2']]);
  });
});

describe('a backend that finds a request too large', () => {
  it('gets halves, and smaller ones from then on', async () => {
    const transport = new FakeTransport((items) => (items.length > 3 ? TOO_LARGE : ACCEPTED));
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 8 } });
    fixture.append(numbered(8));
    fixture.append(numbered(8));
    await fixture.pass(5_000);
    expect(transport.requests.map((items) => items.length)).toEqual([8, 4, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 16 } });
  });

  it('never gets a single line that is too large', async () => {
    const transport = new FakeTransport((items) => (items.includes('m=1') ? TOO_LARGE : ACCEPTED));
    const fixture = new LaneFixture({ transport });
    fixture.append(numbered(3));
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 2, rejected: 1 } });
    expect(fixture.deadLetters).toMatchObject([{ status: 413 }]);
  });
});

describe('a partial success', () => {
  const partly = (rejectedItems: number): FakeTransport =>
    new FakeTransport(() => ({ kind: 'accepted', rejectedItems, message: 'too old' }));

  it('is counted for the monitors in proportion, because the backend does not say which lines it means', async () => {
    const fixture = new LaneFixture({ transport: partly(3) });
    fixture.append(numbered(8), 'a()');
    fixture.append(numbered(4), 'b()');
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({
      'a()': { acknowledged: 6, rejected: 2 },
      'b()': { acknowledged: 3, rejected: 1 },
    });
    expect(fixture.deadLetters).toEqual([]);
    expect(fixture.logger.messages('warn')).toEqual([
      'Backend "main" rejected 3 of 12 metrics and does not say which: too old',
    ]);
  });

  it('of nothing puts all lines into the dead letters', async () => {
    const fixture = new LaneFixture({ transport: partly(2) });
    fixture.append(numbered(2));
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { rejected: 2 } });
    expect(fixture.deadLetters).toMatchObject([
      { status: 200, reason: 'too old' },
      { status: 200, reason: 'too old' },
    ]);
  });

  it('that claims more than was sent counts what was sent', async () => {
    const fixture = new LaneFixture({ transport: partly(99) });
    fixture.append(numbered(2));
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { rejected: 2 } });
  });

  it('with a message and nothing rejected is a warning', async () => {
    const fixture = new LaneFixture({ transport: partly(0) });
    fixture.append(numbered(2));
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 2 } });
    expect(fixture.logger.messages('warn')).toEqual(['Backend "main" took 2 metrics and said: too old']);
  });
});
