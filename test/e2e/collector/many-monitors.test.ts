import { describe, expect, it } from 'vitest';
import { runCli, type CliProcess } from '../support/cli-process.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import { valueInPoint, valueInRecord } from '../support/seen-value.ts';
import { receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

const instances = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({
    module: 'sequence',
    id: `s${index}`,
    sample_interval: 0.2,
    monitor_log_write_rate: -1,
  }));

async function untilAllSampled(folder: CollectorFolder, collector: CliProcess): Promise<void> {
  const sampled = (): boolean =>
    folder.statusOf(collector)?.monitors.every(({ gathers }) => gathers > 0) ?? false;
  await expect.poll(sampled, WITHIN).toBe(true);
}

describe('Instances of one monitor', () => {
  it('share a thread when there are many, as the status says, and are logged and delivered as ever', async () => {
    const backend = await receive();
    const folder = new CollectorFolder({
      monitors: instances(9),
      otel: { backends: [{ name: 'only', endpoint: backend.url }] },
    });
    const collector = folder.start();
    await untilAllSampled(folder, collector);
    const { stdout } = await runCli(['status'], { cwd: folder.path });
    await collector.stop();

    expect(stdout.match(/^ {2}sequence\(s\d\): .*, shares thread sequence\/1 with 8 others$/gm)).toHaveLength(
      9,
    );
    const records = folder.log('sequence.log');
    expect(backend.points.map(valueInPoint).toSorted()).toEqual(records.map(valueInRecord).toSorted());
    expect(folder.status.ledger).toMatchObject({ balanced: true, totals: { emitted: records.length } });
  });

  it('have a thread each when there are few', async () => {
    const folder = new CollectorFolder({ monitors: instances(8) });
    const collector = folder.start();
    await untilAllSampled(folder, collector);
    const places = folder.status.monitors.map(({ place }) => place);
    await collector.stop();

    expect(places).toEqual(places.map(() => ({ kind: 'thread' })));
  });

  it('do not share it with one whose failure ends the collector', async () => {
    const important = { module: 'sequence', id: 'important', stop_agent_on_failure: true };
    const folder = new CollectorFolder({ monitors: [...instances(9), important] });
    const collector = folder.start();
    await untilAllSampled(folder, collector);
    const places = folder.status.monitors.map(({ place }) => place?.shared?.others);
    await collector.stop();

    expect(places).toEqual([8, 8, 8, 8, 8, 8, 8, 8, 8, undefined]);
  });

  it('share a thread, however few there are, when the configuration says so', async () => {
    const folder = new CollectorFolder({
      monitors: [{ module: 'sequence', isolation: 'shared' }],
    });
    const collector = folder.start();
    await untilAllSampled(folder, collector);
    const { stdout } = await runCli(['status'], { cwd: folder.path });
    await collector.stop();

    expect(stdout).toMatch(/sequence\(\): .*, shares thread sequence\/1 with 0 others/);
  });
});
