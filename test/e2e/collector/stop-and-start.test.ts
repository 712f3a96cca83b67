import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli-process.ts';
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

  it('ends at once on a second signal, and what it had in the spool is delivered after the next start', async () => {
    const gone = await receive();
    await gone.close();
    const folder = new CollectorFolder({
      monitors: [{ ...SEQUENCE, total: 100 }, { module: 'never-returns' }],
      otel: { backends: [{ name: 'only', endpoint: gone.url }] },
    });
    const first = folder.start();
    await expect.poll(() => folder.log('sequence.log').length, WITHIN).toBe(100);
    await expect.poll(() => folder.log('never-returns.log').length, WITHIN).toBe(1);
    const ended = first.stop();
    await expect.poll(() => first.stderr, WITHIN).toContain('Stopping on SIGTERM');
    await first.stop();
    const end = await ended;
    const kept = [...folder.log('sequence.log'), ...folder.log('never-returns.log')];

    folder.configure({ monitors: [], otel: { backends: [{ name: 'only', endpoint: gone.url }] } });
    const back = await receive({ port: portOf(gone) });
    await (await folder.startAndWait()).stop();

    expect(end.code).toBe(143);
    expect(back.points.map(valueInPoint).toSorted()).toEqual(kept.map(valueInRecord).toSorted());
    expect(folder.status.ledger).toMatchObject({
      balanced: true,
      totals: { emitted: 101, backends: { only: { settled: { acknowledged: 101 }, pending: 0 } } },
    });
  });
});

describe('scalyr-otel status', () => {
  it('shows what a running collector says about itself, and exits with 0', async () => {
    const folder = new CollectorFolder({ monitors: [SEQUENCE] });
    const collector = await folder.startAndWait();
    const shown = await runCli(['status'], { cwd: folder.path });

    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(new RegExp(`^scalyr-otel \\S+, pid ${collector.pid}, started `));
    expect(shown.stdout).toMatch(/^ {2}sequence\(\): (starting|running), /m);
    expect(shown.stdout).toMatch(/^balanced$/m);
  });

  it('shows the last word of one that has ended, says so, and exits with 1', async () => {
    const folder = new CollectorFolder({ monitors: [SEQUENCE] });
    const collector = await folder.startAndWait();
    await collector.stop();
    const shown = await runCli(['status', '--json'], { cwd: folder.path });

    expect(shown.code).toBe(1);
    expect(shown.stderr).toBe(
      `The collector with pid ${collector.pid} does not run any more: this is its last word\n`,
    );
    expect(JSON.parse(shown.stdout)).toMatchObject({ pid: collector.pid, ledger: { balanced: true } });
  });

  it('says that no collector has run here yet, and exits with 1', async () => {
    const folder = new CollectorFolder({ monitors: [] });
    const shown = await runCli(['status'], { cwd: folder.path });

    expect(shown.code).toBe(1);
    expect(shown.stderr).toBe(
      `scalyr-otel: Cannot read the status file "${folder.path}/data/status.json": there is none, so no collector has ` +
        `run with this agent_data_path yet\n`,
    );
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
