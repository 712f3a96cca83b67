import { describe, expect, it } from 'vitest';
import { ACCEPTED, BUSY, FakeTransport, silence } from './support/fake-transport.ts';
import { LaneFixture } from './support/lane-fixture.ts';

describe('collecting a batch', () => {
  it('waits for more lines, at most the export interval', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1']);
    await fixture.pass(3_000);
    fixture.append(['m 2']);
    await fixture.pass(1_999);
    expect(transport.requests).toEqual([]);
    await fixture.pass(1);
    expect(transport.requests).toEqual([['m=1', 'm=2']]);
  });

  it('sends at once when the batch is full', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 3 } });
    fixture.append(['m 1', 'm 2']);
    fixture.append(['m 3']);
    await fixture.pass(0);
    expect(transport.requests).toEqual([['m=1', 'm=2', 'm=3']]);
  });

  it('leaves a record that does not fit for the next batch', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 3 } });
    fixture.append(['m 1', 'm 2']);
    fixture.append(['m 3', 'm 4']);
    await fixture.pass(5_000);
    expect(transport.requests).toEqual([
      ['m=1', 'm=2'],
      ['m=3', 'm=4'],
    ]);
  });

  it('sends a record that is larger than a batch in several requests and moves the cursor after the last', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 2 } });
    fixture.append(['m 1', 'm 2', 'm 3', 'm 4', 'm 5']);
    await fixture.pass(0);
    expect(transport.requests).toEqual([['m=1', 'm=2'], ['m=3', 'm=4'], ['m=5']]);
    expect(fixture.spool.commits).toEqual([
      {
        position: { segment: 1, offset: 1 },
        since: {},
        settled: { 'coin_monitor()': { acknowledged: 5 } },
      },
    ]);
  });
});

describe('settling lines', () => {
  it('commits the cursor with what became of each line, by monitor', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(), text: 'drop' });
    fixture.append(['m 1', 'm null', 'm true'], 'a()');
    fixture.append(['m "x"', 'm 2'], 'b(1)');
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({
      'a()': { acknowledged: 2, not_a_number: 1 },
      'b(1)': { acknowledged: 1, text_dropped: 1 },
    });
  });

  it('adds up over batches', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport() });
    fixture.append(['m 1']);
    await fixture.pass(5_000);
    fixture.append(['m 2', 'm null']);
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 2, not_a_number: 1 } });
    expect(fixture.spool.commits.map(({ position }) => position.offset)).toEqual([1, 2]);
  });

  it('counts lines that the spool lost by the reason it gives', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport() });
    fixture.spool.appendGap('expired', { 'a()': 7, 'b()': 2 });
    fixture.spool.appendGap('corrupted', { 'a()': 1 });
    fixture.append(['m 1'], 'a()');
    await fixture.pass(5_000);
    expect(fixture.settled).toEqual({
      'a()': { acknowledged: 1, expired: 7, corrupted: 1 },
      'b()': { expired: 2 },
    });
  });

  it('settles lines of a signal that the backend does not take without sending anything', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, signal: 'logs', backend: { signals: ['metrics'] } });
    fixture.append(['m "x"', 'some text']);
    await fixture.pass(5_000);
    expect(transport.requests).toEqual([]);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { signal_off: 2 } });
  });

  it('sends text values as numbers and free text as logs with text: info', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, signal: 'logs', text: 'info' });
    fixture.append(['version "1.2"', 'some text']);
    await fixture.pass(5_000);
    expect(transport.requests).toEqual([['version=1'], ['some text']]);
  });

  it('delivers a line that holds no time and no monitor as a log record', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, signal: 'logs' });
    const line = 'broken\n';
    fixture.lane.advance(fixture.spool.appendRaw('a()', line));
    await fixture.pass(5_000);
    expect(transport.accepted).toEqual(['broken']);
    expect(fixture.settled).toEqual({ 'a()': { acknowledged: 1 } });
  });
});

describe('an outage', () => {
  it('loses nothing and keeps the order', async () => {
    const transport = new FakeTransport(() => BUSY);
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 2 } });
    fixture.append(['m 1', 'm 2']);
    fixture.append(['m 3', 'm 4']);
    await fixture.pass(600_000);
    expect(fixture.settled).toBeUndefined();
    transport.decide = () => ACCEPTED;
    await fixture.pass(60_000);
    expect(transport.accepted).toEqual(['m=1', 'm=2', 'm=3', 'm=4']);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 4 } });
  });

  it('is shown with its reason, the number of tries and the time of the next one', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(() => BUSY) });
    fixture.append(['m 1']);
    await fixture.pass(5_000);
    expect(fixture.state).toEqual({
      kind: 'retrying',
      reason: 'HTTP 503 Service Unavailable',
      attempts: 1,
      untilMs: fixture.clock.now() + 500,
    });
    await fixture.pass(500);
    expect(fixture.state).toMatchObject({ attempts: 2, untilMs: fixture.clock.now() + 1_000 });
  });

  it('is over when the backend answers, which is said once', async () => {
    const transport = new FakeTransport(() => BUSY);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1']);
    await fixture.pass(8_000);
    transport.decide = () => ACCEPTED;
    await fixture.pass(60_000);
    expect(fixture.state).toEqual({ kind: 'idle' });
    expect(fixture.logger.messages('warn')).toEqual([
      'Backend "main" does not take metrics now: HTTP 503 Service Unavailable; they wait in the spool and are sent as soon as it does',
    ]);
    expect(fixture.logger.messages('info')).toEqual([
      'Backend "main" answers again, after 3 failed tries of metrics in 4 s',
    ]);
  });
});

describe('stopping', () => {
  it('ends at once when nothing is pending', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport() });
    await fixture.pass(0);
    await fixture.lane.stop(10_000);
    expect(fixture.spool.isClosed).toBe(true);
    expect(fixture.clock.pending).toEqual([]);
  });

  it('sends what is pending without waiting for the export interval', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 2 } });
    fixture.append(['m 1', 'm 2']);
    fixture.append(['m 3']);
    await fixture.lane.stop(10_000);
    expect(transport.accepted).toEqual(['m=1', 'm=2', 'm=3']);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 3 } });
  });

  it('gives a backend that is down one last try and leaves the lines in the spool', async () => {
    const transport = new FakeTransport(() => BUSY);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1']);
    await fixture.pass(20_000);
    const before = transport.requests.length;
    await fixture.lane.stop(10_000);
    expect(transport.requests).toHaveLength(before + 1);
    expect(fixture.spool.commits).toEqual([]);
  });

  it('takes the last try when it works', async () => {
    const transport = new FakeTransport(() => BUSY);
    const fixture = new LaneFixture({ transport });
    fixture.append(['m 1']);
    await fixture.pass(20_000);
    transport.decide = () => ACCEPTED;
    await fixture.lane.stop(10_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 1 } });
  });

  it('leaves in the spool what a slow backend has not taken by the deadline', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport, backend: { maxExportBatchSize: 1 } });
    transport.decide = async () => {
      await fixture.clock.sleep(1_000);
      return ACCEPTED;
    };
    for (const content of ['m 1', 'm 2', 'm 3', 'm 4']) fixture.append([content]);
    const stopped = fixture.lane.stop(2_500);
    await fixture.pass(2_500);
    await stopped;
    expect(transport.accepted).toEqual(['m=1', 'm=2']);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 2 } });
  });

  it('cuts off a request that is not answered by the deadline', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(silence) });
    fixture.append(['m 1']);
    await fixture.pass(5_000);
    const stopped = fixture.lane.stop(2_000);
    await fixture.pass(2_000);
    await stopped;
    expect(fixture.spool.commits).toEqual([]);
    expect(fixture.clock.pending).toEqual([]);
  });
});

describe('trouble of its own', () => {
  it('goes on from the cursor when the spool cannot be read for a while, and says so', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport });
    fixture.spool.readErrors.push(new Error('EIO: i/o error'), new Error('EIO: i/o error'));
    fixture.append(['m 1']);
    await fixture.pass(60_000);
    expect(transport.accepted).toEqual(['m=1']);
    expect(fixture.logger.messages('error')).toEqual([
      'Delivery of metrics to backend "main" stumbled and goes on from its cursor: EIO: i/o error',
    ]);
  });

  it('sends a line with an impossible time to the dead letters and the others on', async () => {
    const transport = new FakeTransport();
    const fixture = new LaneFixture({ transport });
    const lines = ['2014-07-29 20:22:06.789Z [a()] m 1\n', '2300-01-01 00:00:00.000Z [a()] m 2\n'];
    for (const line of lines) fixture.lane.advance(fixture.spool.appendRaw('a()', line));
    fixture.append(['m 3'], 'a()');
    await fixture.pass(5_000);
    expect(transport.accepted).toEqual(['m=1', 'm=3']);
    expect(fixture.deadLetters).toMatchObject([
      {
        status: 0,
        line: '2300-01-01 00:00:00.000Z [a()] m 2',
        reason: expect.stringMatching(/^cannot be sent: time 104/),
      },
    ]);
    expect(fixture.settled).toEqual({ 'a()': { acknowledged: 2, rejected: 1 } });
  });
});
