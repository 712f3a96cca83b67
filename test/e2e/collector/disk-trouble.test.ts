import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { noSmallDisks, SmallDisk } from '../support/small-disk.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

/** Emits 200 values a second. */
const SEQUENCE = { module: 'sequence', sample_interval: 0.05, monitor_log_write_rate: -1 };

const reasonToSkip = noSmallDisks();

describe('When a disk is full', () => {
  beforeEach(({ skip }) => {
    skip(reasonToSkip !== undefined, reasonToSkip);
  });

  it('that of the spool: collecting goes on, what OTLP misses is counted, and writing resumes by itself', async () => {
    const backend = await receive();
    const folder = new CollectorFolder({
      monitors: [SEQUENCE],
      otel: { backends: [{ name: 'only', endpoint: backend.url }] },
    });
    const disk = new SmallDisk(path.join(folder.path, 'data'));
    const collector = folder.start();
    await expect.poll(() => backend.totals.points, WITHIN).toBeGreaterThan(100);

    disk.fill();
    await expect.poll(() => collector.stderr, WITHIN).toContain('ENOSPC');
    const whenFull = folder.log('sequence.log').length;
    await expect.poll(() => folder.log('sequence.log').length, WITHIN).toBeGreaterThan(whenFull + 200);
    disk.free();
    const delivered = backend.totals.points;
    await expect.poll(() => backend.totals.points, WITHIN).toBeGreaterThan(delivered + 200);
    const end = await collector.stop();

    const emitted = folder.log('sequence.log').map(valueInRecord);
    const received = new Set(backend.points.map(valueInPoint));
    expect(end.code).toBe(0);
    expect(received.size).toBeLessThan(emitted.length);
    expect(emitted.filter((value) => received.has(value))).toEqual([...received]);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: emitted.length,
        metricLog: { written: emitted.length },
        backends: {
          only: {
            settled: { acknowledged: received.size, unspooled: emitted.length - received.size },
            pending: 0,
          },
        },
      },
    });
  });

  it('that of the metric log: OTLP gets everything, what the log misses is counted, and writing resumes by itself', async () => {
    const backend = await receive();
    const folder = new CollectorFolder({
      monitors: [SEQUENCE],
      otel: { backends: [{ name: 'only', endpoint: backend.url }] },
    });
    const disk = new SmallDisk(path.join(folder.path, 'log'));
    const collector = folder.start();
    await expect.poll(() => folder.log('sequence.log').length, WITHIN).toBeGreaterThan(100);

    disk.fill();
    await expect.poll(() => collector.stderr, WITHIN).toContain('Cannot write metric log');
    const delivered = backend.totals.points;
    await expect.poll(() => backend.totals.points, WITHIN).toBeGreaterThan(delivered + 200);
    disk.free();
    await expect.poll(() => collector.stderr, WITHIN).toContain('takes lines again');
    const end = await collector.stop();

    const logged = folder.log('sequence.log').map(valueInRecord);
    const received = backend.points.map(valueInPoint);
    expect(end.code).toBe(0);
    expect(new Set(received).size).toBe(received.length);
    expect(logged.length).toBeLessThan(received.length);
    expect(received.filter((value) => logged.includes(value))).toEqual(logged);
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: received.length,
        metricLog: { written: logged.length, failed: received.length - logged.length, waiting: 0 },
        backends: { only: { settled: { acknowledged: received.length }, pending: 0 } },
      },
    });
  });
});
