import { describe, expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

/** Emits 89 good and 11 bad values at once. */
const GOOD_AND_BAD = { module: 'good-and-bad', sample_interval: 0.1 };

describe('A backend that refuses single points', () => {
  it('gets all others when it refuses whole requests with 400; only the bad ones are in the dead-letter file', async () => {
    const backend = await receive();
    backend.misbehave({ kind: 'reject', name: '^bad$', answer: 'bad-request' });
    const backends = [{ name: 'picky', endpoint: backend.url }];
    const folder = new CollectorFolder({ monitors: [GOOD_AND_BAD], otel: { backends } });
    const collector = folder.start();
    await expect.poll(() => backend.totals.points, WITHIN).toBe(89);
    const end = await collector.stop();

    const records = folder.log('good-and-bad.log');
    const good = records.filter((record) => record.includes(' good '));
    const bad = records.filter((record) => record.includes(' bad '));
    const letters = folder.deadLetters('picky');
    expect(records).toHaveLength(100);
    expect(backend.points.map(valueInPoint)).toEqual(good.map(valueInRecord));
    expect(letters.map(({ line }) => line)).toEqual(bad);
    expect(letters[0]).toMatchObject({
      backend: 'picky',
      status: 400,
      reason: expect.stringContaining('400'),
    });
    expect(end.stderr).toContain('Backend "picky" refuses 1 metrics: ');
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: 100,
        metricLog: { written: 100 },
        backends: { picky: { settled: { acknowledged: 89, rejected: 11 }, pending: 0 } },
      },
    });
  });

  it('is believed when a partial success says how many it rejected', async () => {
    const backend = await receive();
    backend.misbehave({ kind: 'reject', name: '^bad$', answer: 'partial-success' });
    const backends = [{ name: 'picky', endpoint: backend.url }];
    const folder = new CollectorFolder({ monitors: [GOOD_AND_BAD], otel: { backends } });
    const collector = folder.start();
    await expect.poll(() => backend.totals.points + backend.totals.rejected, WITHIN).toBe(100);
    const end = await collector.stop();

    const good = folder.log('good-and-bad.log').filter((record) => record.includes(' good '));
    expect(backend.points.map(valueInPoint)).toEqual(good.map(valueInRecord));
    expect(backend.totals.rejected).toBe(11);
    expect(folder.deadLetters('picky')).toEqual([]);
    expect(end.stderr).toContain('Backend "picky" rejected 11 of 100 metrics and does not say which: ');
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: { backends: { picky: { settled: { acknowledged: 89, rejected: 11 }, pending: 0 } } },
    });
  });

  it.each([
    [401, 'takes no metrics at'],
    [404, 'takes no metrics at'],
  ])(
    'keeps everything for one that answers %i, says so loudly, and gets it when that is put right',
    async (status, message) => {
      const backend = await receive();
      backend.misbehave({ kind: 'status', status, message: 'who are you' });
      const backends = [
        { name: 'closed', endpoint: backend.url, headers: { authorization: 'secret-token' } },
      ];
      const folder = new CollectorFolder({ monitors: [GOOD_AND_BAD], otel: { backends } });
      const wrong = folder.start();
      await expect.poll(() => wrong.stderr, WITHIN).toContain(message);
      const end = await wrong.stop();
      const { ledger } = folder.status;

      backend.behave();
      await (await folder.startAndWait()).stop();

      const emitted = folder.log('good-and-bad.log').map(valueInRecord);
      expect(end.stderr).not.toContain('secret-token');
      expect(ledger).toMatchObject({ balanced: true, totals: { backends: { closed: { pending: 100 } } } });
      expect(backend.points.map(valueInPoint).toSorted()).toEqual(emitted.toSorted());
      expect(folder.status.ledger).toMatchObject({
        balanced: true,
        totals: {
          emitted: emitted.length,
          backends: { closed: { settled: { acknowledged: emitted.length }, pending: 0 } },
        },
      });
    },
  );
});
