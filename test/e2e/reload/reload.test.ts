import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import { CollectorFolder } from '../support/collector-folder.ts';
import type { TestConfiguration } from '../support/collector-folder.ts';
import { portOf, receive } from '../support/test-receiver.ts';

const WITHIN = { timeout: 30_000 };

function sequence(id: string, options: object = {}): object {
  return {
    module: 'sequence',
    id,
    sample_interval: 0.05,
    values_per_sample: 1,
    monitor_log_write_rate: -1,
    ...options,
  };
}

function configuration(...monitors: readonly object[]): TestConfiguration {
  return { monitors, config_change_check_interval: 0.1 };
}

/** The numbers that an instance has logged, in order. */
function numbersOf(folder: CollectorFolder, id: string): number[] {
  const records = folder.log('sequence.log').map((record) => parseLine(record));
  return records.filter((record) => record?.id === id).map((record) => Number(record?.metric?.value.text));
}

function increasing(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number === index + 1);
}

describe('A collector whose configuration changes', () => {
  it('starts what is new and changed, ends what is gone, and leaves the rest alone', async () => {
    const folder = new CollectorFolder(
      configuration(sequence('stays'), sequence('goes'), sequence('changes')),
    );
    const collector = await folder.startAndWait();
    await expect.poll(() => numbersOf(folder, 'goes').length, WITHIN).toBeGreaterThan(1);
    await expect.poll(() => numbersOf(folder, 'changes').length, WITHIN).toBeGreaterThan(1);
    folder.configure(
      configuration(sequence('stays'), sequence('changes', { values_per_sample: 2 }), sequence('comes')),
    );
    await expect.poll(() => numbersOf(folder, 'comes').length, WITHIN).toBeGreaterThan(1);
    const gone = numbersOf(folder, 'goes').length;
    const stayed = numbersOf(folder, 'stays').length;
    await expect.poll(() => numbersOf(folder, 'stays').length, WITHIN).toBeGreaterThan(stayed + 3);
    const end = await collector.stop();

    expect(end.code).toBe(0);
    expect(increasing(numbersOf(folder, 'stays'))).toBe(true);
    expect(increasing(numbersOf(folder, 'changes'))).toBe(false);
    expect(numbersOf(folder, 'goes')).toHaveLength(gone);
    expect(folder.status.ledger).toMatchObject({ balanced: true });
  });

  it('goes on with the old one while the new one has a problem, which it says once', async () => {
    const folder = new CollectorFolder(configuration(sequence('a')));
    const collector = await folder.startAndWait();
    folder.write('agent.json', '{ monitors: [ }');
    await expect.poll(() => collector.stderr, WITHIN).toContain('agent.json:1:15: wanted a value, found "}"');
    const logged = numbersOf(folder, 'a').length;
    await expect.poll(() => numbersOf(folder, 'a').length, WITHIN).toBeGreaterThan(logged + 5);
    const end = await collector.stop();

    expect(increasing(numbersOf(folder, 'a'))).toBe(true);
    expect(end.stderr.split('The new configuration is not used')).toHaveLength(2);
  });

  it('goes over to another backend without losing what was emitted before', async () => {
    const before = await receive();
    const after = await receive();
    const to = (name: string, url: string): TestConfiguration => ({
      ...configuration(sequence('a')),
      otel: { backends: [{ name, endpoint: url }] },
    });
    const folder = new CollectorFolder(to('before', before.url));
    const collector = await folder.startAndWait();
    await expect.poll(() => before.points.length, WITHIN).toBeGreaterThan(0);
    folder.configure(to('after', after.url));
    await expect.poll(() => after.points.length, WITHIN).toBeGreaterThan(0);
    await collector.stop();

    expect(portOf(before)).not.toBe(portOf(after));
    expect(before.points.length + after.points.length).toBe(numbersOf(folder, 'a').length);
    expect(folder.status.ledger).toMatchObject({ balanced: true });
  });

  it('reads it at once on SIGHUP, and gives a parked monitor another chance', async () => {
    const folder = new CollectorFolder({
      monitors: [{ module: 'comes-later' }],
      config_change_check_interval: 3600,
      additional_monitor_module_paths: '.',
    });
    const collector = await folder.startAndWait();
    await expect
      .poll(() => collector.stderr, WITHIN)
      .toContain('Cannot find the monitor module "comes-later"');
    folder.write(
      'comes-later.mjs',
      `import { ScalyrMonitor } from 'scalyr-otel-bridge';
       export class ComesLater extends ScalyrMonitor { gatherSample() { this.logger.emitValue('here', 1); } }`,
    );
    process.kill(collector.pid, 'SIGHUP');
    await expect
      .poll(() => folder.log('comes-later.log'), WITHIN)
      .toEqual([expect.stringContaining('here 1')]);
    expect((await collector.stop()).code).toBe(0);
  });
});
