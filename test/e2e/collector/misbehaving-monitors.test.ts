import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

describe('Beside monitors that misbehave', () => {
  it('another one keeps its interval, and the status says what happened to each', async () => {
    const backend = await receive();
    const folder = new CollectorFolder({
      monitors: [
        { module: 'never-returns', sample_interval: 1 },
        { module: 'exits', sample_interval: 1 },
        { module: 'leaks', sample_interval: 1 },
        { module: 'counts', sample_interval: 1 },
      ],
      otel: {
        backends: [{ name: 'only', endpoint: backend.url }],
        isolation: { gather_deadline_ms: 1000, memory_limit_bytes: 33_554_432 },
      },
    });
    const collector = folder.start();
    await expect.poll(() => folder.log('counts.log').length, WITHIN).toBeGreaterThanOrEqual(6);
    const end = await collector.stop();

    const counts = folder.log('counts.log').map((record) => parseLine(record)?.metric?.value.text);
    const seconds = folder.log('counts.log').map((record) => (parseLine(record)?.timeMs ?? 0) / 1000);
    const [first = 0] = seconds;
    expect(counts).toEqual(seconds.map((_, index) => String(index + 1)));
    expect(seconds.map((time, index) => Math.abs(time - first - index) < 0.9)).toEqual(
      seconds.map(() => true),
    );

    const { monitors, ledger } = folder.status;
    const [hanging, exiting, leaking, counting] = monitors;
    expect(hanging).toMatchObject({
      name: 'never-returns()',
      lastError: { message: 'gatherSample did not return within 1 s' },
    });
    expect(exiting).toMatchObject({
      name: 'exits()',
      lastError: { message: expect.stringContaining('3') },
    });
    expect(leaking).toMatchObject({
      name: 'leaks()',
      lastError: { message: expect.stringContaining('memory') },
    });
    expect(counting).toMatchObject({
      name: 'counts()',
      failures: 0,
      skippedTicks: 0,
      restarts: 0,
      gathers: counts.length,
    });
    expect([hanging, exiting, leaking].map((monitor) => (monitor?.restarts ?? 0) > 0)).toEqual([
      true,
      true,
      true,
    ]);
    expect(end.stderr).toContain(
      '[monitor:never-returns()] Monitor failed: gatherSample did not return within 1 s',
    );
    expect(end.stderr).toContain('[monitor:exits()] Monitor failed: ');
    expect(end.stderr).toContain('[monitor:leaks()] Monitor failed: ');

    const emitted = ['never-returns', 'exits', 'leaks', 'counts'].flatMap((name) =>
      folder.log(`${name}.log`),
    );
    expect(backend.points.map(valueInPoint).toSorted()).toEqual(emitted.map(valueInRecord).toSorted());
    expect(ledger).toMatchObject({
      balanced: true,
      totals: {
        emitted: emitted.length,
        backends: { only: { settled: { acknowledged: emitted.length }, pending: 0 } },
      },
    });
  });
});

describe('A monitor', () => {
  it('may emit a million values in one sample: OTLP gets all, the metric log says how many it left out', async () => {
    const backend = await receive({ keep: 0, decode: 'count' });
    const folder = new CollectorFolder({
      monitors: [{ module: 'million-values', sample_interval: 3600 }],
      otel: { backends: [{ name: 'only', endpoint: backend.url }] },
    });
    const collector = folder.start();
    await expect.poll(() => backend.totals.points, WITHIN).toBe(1_000_000);
    await collector.stop();

    const { totals, balanced } = folder.status.ledger;
    const logged = folder.log('million-values.log').filter((record) => !record.startsWith('....')).length;
    expect(balanced).toBe(true);
    expect(totals).toEqual({
      emitted: 1_000_000,
      metricLog: { written: logged, rateLimited: 1_000_000 - logged, failed: 0, interrupted: 0, waiting: 0 },
      backends: { only: { emitted: 1_000_000, settled: { acknowledged: 1_000_000 }, pending: 0 } },
    });
  });

  it('may print: it is in the log of the collector, not in its metric log', async () => {
    const folder = new CollectorFolder({ monitors: [{ module: 'prints', sample_interval: 3600 }] });
    const collector = folder.start();
    await expect.poll(() => collector.stderr, WITHIN).toContain('something looks odd');
    const end = await collector.stop();

    expect(end.stdout).toBe('');
    expect(end.stderr).toContain('[monitor:prints()] hello from the plugin');
    expect(end.stderr).toContain('[monitor:prints()] something looks odd');
    expect(end.stderr).toContain('[monitor:prints()] no line break at the end');
    expect(folder.log('prints.log')).toEqual([]);
  });

  it('may flood the diagnostic log: some of it gets through, and the rest is counted', async () => {
    const folder = new CollectorFolder({
      monitors: [
        { module: 'floods-diagnostics', sample_interval: 1 },
        { module: 'counts', sample_interval: 1 },
      ],
    });
    const collector = folder.start();
    await expect.poll(() => folder.log('counts.log').length, WITHIN).toBeGreaterThanOrEqual(3);
    const end = await collector.stop();

    const lines = end.stderr.split('\n');
    const passed = lines.filter((line) => / INFO \[monitor:floods-diagnostics\(\)\] message \d+$/.test(line));
    const dropped = lines.map(
      (line) => / Dropped (\d+) messages: at most 100 are taken in a second$/.exec(line)?.[1],
    );
    const total = dropped.reduce((sum, count) => sum + Number(count ?? 0), passed.length);
    expect(passed.length).toBeGreaterThan(0);
    expect(passed.length).toBeLessThan(10_000);
    expect(total % 100_000).toBe(0);
    expect(folder.status.monitors[1]).toMatchObject({ name: 'counts()', skippedTicks: 0 });
  });
});
