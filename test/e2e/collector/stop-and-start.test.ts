import { describe, expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInLog, valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { portOf, receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

const SEQUENCE = { module: 'sequence', sample_interval: 0.05, monitor_log_write_rate: -1 };

describe('A collector that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'delivers on %s what nothing has asked for yet, and exits with 0',
    async (signal) => {
      const backend = await receive();
      const folder = new CollectorFolder({
        monitors: [{ ...SEQUENCE, monitor_log_flush_delay: 60 }],
        otel: { backends: [{ name: 'only', endpoint: backend.url }], export_interval: 60_000 },
      });
      const collector = folder.start();
      await expect.poll(() => collector.stderr, WITHIN).toContain('the first sample was taken');
      const end = await collector.stop(signal);

      const emitted = folder.log('sequence.log').map(valueInRecord);
      expect(end).toMatchObject({ code: 0, signal: undefined });
      expect(end.stderr).toContain(`Stopping on ${signal}`);
      expect(emitted.length).toBeGreaterThan(0);
      expect(backend.points.map(valueInPoint)).toEqual(emitted);
      expect(folder.status.ledger).toMatchObject({
        balanced: true,
        totals: {
          emitted: emitted.length,
          metricLog: { written: emitted.length, waiting: 0 },
          backends: { only: { settled: { acknowledged: emitted.length }, pending: 0 } },
        },
      });
    },
  );

  it('lets a gather in progress finish', async () => {
    const backend = await receive();
    const folder = new CollectorFolder({
      monitors: [{ module: 'announces-gather', sample_interval: 60 }],
      otel: { backends: [{ name: 'only', endpoint: backend.url }] },
    });
    const collector = folder.start();
    await expect.poll(() => collector.stderr, WITHIN).toContain('the sample has begun');
    await collector.stop();

    const emitted = folder.log('announces-gather.log');
    expect(emitted).toEqual([expect.stringContaining('[announces-gather()] after 1')]);
    expect(backend.points.map(valueInPoint)).toEqual(emitted.map(valueInRecord));
  });

  it('lets a monitor that drives itself say its last words', async () => {
    const folder = new CollectorFolder({ monitors: [{ module: 'own-run' }] });
    const collector = folder.start();
    await expect.poll(() => folder.log('own-run.log'), WITHIN).toHaveLength(1);
    const end = await collector.stop();

    expect(end.code).toBe(0);
    expect(folder.log('own-run.log')).toEqual([
      expect.stringContaining('[own-run()] running true'),
      expect.stringContaining('[own-run()] running false'),
    ]);
  });

  it('keeps in the spool what a backend that is down does not take, and delivers it after the next start', async () => {
    const gone = await receive();
    await gone.close();
    const backends = [{ name: 'only', endpoint: gone.url }];
    const folder = new CollectorFolder({
      monitors: [{ module: 'every-kind', sample_interval: 0.1 }],
      otel: { backends },
    });
    const first = folder.start();
    await expect.poll(() => folder.log('every-kind.log').length, WITHIN).toBeGreaterThan(20);
    const end = await first.stop();
    const { totals } = folder.status.ledger;
    const kept = folder.log('every-kind.log');

    const back = await receive({ port: portOf(gone) });
    await (await folder.startAndWait()).stop();

    const records = folder.log('every-kind.log');
    const sent = records.filter((record) => !record.includes(' kind.none null')).map(valueInRecord);
    const received = [...back.points.map(valueInPoint), ...back.logs.map(valueInLog)];
    expect(end.code).toBe(0);
    expect(end.stderr).toContain('they stay in the spool');
    expect(totals.backends['only']).toEqual({ emitted: kept.length, settled: {}, pending: kept.length });
    expect(received.toSorted()).toEqual(sent.toSorted());
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: records.length,
        backends: {
          only: {
            settled: { acknowledged: sent.length, not_a_number: records.length - sent.length },
            pending: 0,
          },
        },
      },
    });
  });
});

describe('A second collector', () => {
  it('refuses a data folder that is in use, names the pid, and does no harm', async () => {
    const folder = new CollectorFolder({ monitors: [SEQUENCE] });
    const first = await folder.startAndWait();
    const second = await folder.start().ended;
    const end = await first.stop();

    expect(second.code).toBe(1);
    expect(second.stderr).toBe(
      `scalyr-otel: Cannot use the data folder "${folder.path}/data": the collector with pid ${first.pid} is using it; ` +
        `stop that one, or give this one an agent_data_path of its own\n`,
    );
    expect(end.code).toBe(0);
    expect(folder.status).toMatchObject({ pid: first.pid, ledger: { balanced: true } });
  });

  it('takes the folder over when the first one was killed', async () => {
    const folder = new CollectorFolder({ monitors: [SEQUENCE] });
    await (await folder.startAndWait()).kill();
    const second = await folder.startAndWait();

    expect(await second.stop()).toMatchObject({ code: 0 });
  });
});
