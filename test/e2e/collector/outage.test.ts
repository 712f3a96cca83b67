import { describe, expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { closeBetweenRequests, portOf, receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

/** Emits 200 values a second. */
const SEQUENCE = { module: 'sequence', sample_interval: 0.05, monitor_log_write_rate: -1 };

describe('A backend that is down for a while', () => {
  it('gets everything, in order and once, when nobody listened at its port', async () => {
    const before = await receive();
    const backends = [{ name: 'only', endpoint: before.url }];
    const folder = new CollectorFolder({ monitors: [SEQUENCE], otel: { backends } });
    const collector = folder.start();
    await expect.poll(() => before.totals.points, WITHIN).toBeGreaterThan(0);

    await closeBetweenRequests(before);
    const logged = folder.log('sequence.log').length;
    await expect.poll(() => folder.log('sequence.log').length, WITHIN).toBeGreaterThan(logged + 300);
    const after = await receive({ port: portOf(before) });
    await expect.poll(() => after.totals.points, WITHIN).toBeGreaterThan(300);
    const end = await collector.stop();

    const emitted = folder.log('sequence.log').map(valueInRecord);
    expect([...before.points, ...after.points].map(valueInPoint)).toEqual(emitted);
    expect(end.code).toBe(0);
    expect(end.stderr).toContain('Backend "only" does not take metrics now: ');
    expect(end.stderr).toContain('Backend "only" answers again');
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: emitted.length,
        metricLog: { written: emitted.length },
        backends: { only: { settled: { acknowledged: emitted.length }, pending: 0 } },
      },
    });
  });

  it('gets everything, in order and once, when it answered 503, and is left in peace for its Retry-After', async () => {
    const requestsMs: number[] = [];
    const backend = await receive({ onRequest: () => requestsMs.push(performance.now()) });
    backend.misbehave({ kind: 'status', status: 503, retryAfter: 2, requests: 1 });
    const backends = [{ name: 'only', endpoint: backend.url }];
    const folder = new CollectorFolder({ monitors: [SEQUENCE], otel: { backends } });
    const collector = folder.start();

    await expect.poll(() => backend.totals.points, WITHIN).toBeGreaterThan(300);
    await collector.stop();

    const emitted = folder.log('sequence.log').map(valueInRecord);
    const [first = 0, second = 0] = requestsMs;
    expect(backend.points.map(valueInPoint)).toEqual(emitted);
    expect(second - first).toBeGreaterThan(1990);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: { backends: { only: { settled: { acknowledged: emitted.length }, pending: 0 } } },
    });
  });

  it('gets again what it took without saying so, and it is counted once', async () => {
    const backend = await receive();
    backend.misbehave({ kind: 'close', taken: true, requests: 1 });
    const backends = [{ name: 'only', endpoint: backend.url }];
    const folder = new CollectorFolder({ monitors: [{ ...SEQUENCE, total: 50 }], otel: { backends } });
    const collector = folder.start();

    await expect.poll(() => new Set(backend.points.map(valueInPoint)).size, WITHIN).toBe(50);
    await collector.stop();

    const emitted = folder.log('sequence.log').map(valueInRecord);
    expect([...new Set(backend.points.map(valueInPoint))]).toEqual(emitted);
    expect(backend.totals.points).toBeGreaterThan(50);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: { emitted: 50, backends: { only: { settled: { acknowledged: 50 }, pending: 0 } } },
    });
  });
});
