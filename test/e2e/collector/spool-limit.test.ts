import { expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { portOf, receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

it('drops the oldest values when the spool is full, counts exactly those, and delivers all others', async () => {
  const gone = await receive();
  await gone.close();
  const folder = new CollectorFolder({
    monitors: [
      {
        module: 'sequence',
        sample_interval: 0.1,
        values_per_sample: 5000,
        total: 60_000,
        monitor_log_write_rate: -1,
      },
    ],
    otel: { backends: [{ name: 'only', endpoint: gone.url }], spool: { max_bytes: 1_048_576 } },
  });
  const first = folder.start();
  await expect.poll(() => folder.log('sequence.log').length, WITHIN).toBe(60_000);
  const end = await first.stop();
  const { spoolBytes, ledger } = folder.status;

  folder.configure({
    monitors: [],
    otel: { backends: [{ name: 'only', endpoint: gone.url }], spool: { max_bytes: 1_048_576 } },
  });
  const back = await receive({ port: portOf(gone) });
  await (await folder.startAndWait()).stop();

  const emitted = folder.log('sequence.log').map(valueInRecord);
  const delivered = back.points.length;
  expect(end.stderr).toContain('The spools have reached otel.spool.max_bytes (1048576)');
  expect(spoolBytes).toBeLessThanOrEqual(1_048_576);
  expect(ledger.balanced).toBe(true);
  expect(delivered).toBeGreaterThan(1000);
  expect(back.points.map(valueInPoint)).toEqual(emitted.slice(-delivered));
  expect(folder.status.ledger).toMatchObject({
    balanced: true,
    totals: {
      emitted: 60_000,
      metricLog: { written: 60_000 },
      backends: {
        only: { settled: { acknowledged: delivered, expired: 60_000 - delivered }, pending: 0 },
      },
    },
  });
});
