import { describe, expect, it } from 'vitest';
import { ACCEPTED, BUSY, FakeTransport } from './support/fake-transport.ts';
import { LaneFixture } from './support/lane-fixture.ts';

const UNAUTHORIZED = { kind: 'endpoint-wrong', reason: 'HTTP 401 Unauthorized' } as const;

/** A lane whose first request goes out after 5 s. */
async function firstTry(fixture: LaneFixture): Promise<void> {
  fixture.append(['m 1']);
  await fixture.pass(5_000);
}

describe('a backend that asks to try later', () => {
  it('is tried after waits that double up to 60 s, and without end', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(() => BUSY), random: () => 0.999_999 });
    await firstTry(fixture);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const [wait = 0] = fixture.clock.pending;
      waits.push(wait);
      await fixture.pass(wait);
    }
    expect(waits).toEqual([999, 1_999, 3_999, 7_999, 15_999, 31_999, 59_999, 59_999, 59_999]);
  });

  it('is tried after the wait it asks for', async () => {
    const transport = new FakeTransport(() => ({ ...BUSY, afterMs: 17_000 }));
    const fixture = new LaneFixture({ transport });
    await firstTry(fixture);
    expect(fixture.clock.pending).toEqual([17_000]);
    await fixture.pass(17_000);
    expect(transport.requests).toHaveLength(2);
    expect(fixture.clock.pending).toEqual([17_000]);
  });

  it('is not stormed when it asks for no wait at all', async () => {
    const transport = new FakeTransport(() => ({ ...BUSY, afterMs: 0 }));
    const fixture = new LaneFixture({ transport });
    await firstTry(fixture);
    expect(fixture.clock.pending).toEqual([500]);
  });

  it('is complained about once a minute', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(() => BUSY) });
    await firstTry(fixture);
    await fixture.pass(59_000);
    expect(fixture.logger.messages('warn')).toHaveLength(1);
    await fixture.pass(60_000);
    expect(fixture.logger.messages('warn')).toHaveLength(2);
  });
});

describe('a backend whose endpoint is wrong', () => {
  it('is tried every 60 s and the data is kept', async () => {
    const transport = new FakeTransport(() => UNAUTHORIZED);
    const fixture = new LaneFixture({ transport });
    await firstTry(fixture);
    await fixture.pass(59_999);
    expect(transport.requests).toHaveLength(1);
    await fixture.pass(1);
    expect(transport.requests).toHaveLength(2);
    transport.decide = () => ACCEPTED;
    await fixture.pass(60_000);
    expect(fixture.settled).toEqual({ 'coin_monitor()': { acknowledged: 1 } });
  });

  it('is named loudly, with what to check, and not again for ten minutes', async () => {
    const fixture = new LaneFixture({
      transport: new FakeTransport(() => UNAUTHORIZED),
      backend: { endpoint: 'https://otlp.example/base?token=secret' },
    });
    await firstTry(fixture);
    await fixture.pass(599_000);
    expect(fixture.logger.messages('error')).toEqual([
      'Backend "main" takes no metrics at https://otlp.example/base/v1/metrics: HTTP 401 Unauthorized; nothing is lost, it is tried every 60 s. Check endpoint, headers, protocol and tls of this backend',
    ]);
    await fixture.pass(60_000);
    expect(fixture.logger.messages('error')).toHaveLength(2);
  });

  it('is shown as such', async () => {
    const fixture = new LaneFixture({ transport: new FakeTransport(() => UNAUTHORIZED) });
    await firstTry(fixture);
    expect(fixture.state).toEqual({
      kind: 'endpoint-wrong',
      reason: 'HTTP 401 Unauthorized',
      untilMs: fixture.clock.now() + 60_000,
    });
  });
});
