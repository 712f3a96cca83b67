import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { DeliveryLanes } from '../../../src/otlp/delivery-lanes.ts';
import type { CursorProgress } from '../../../src/otlp/delivery-contract.ts';
import { openLaneSpool } from '../../../src/otlp/lane-spool.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ACCEPTED, BUSY, FakeTransport } from './support/fake-transport.ts';
import { DiskSpools } from './support/disk-spools.ts';
import { deliverySettings } from './support/delivery-settings.ts';

/** Delivers what is in `spools` to `transport` until `stop` is called. */
async function deliver(spools: DiskSpools, transport: FakeTransport) {
  const progress: CursorProgress[] = [];
  const lanes = await DeliveryLanes.start(deliverySettings(await spools.states()), {
    clock: systemClock,
    random: () => 0,
    logger: new RecordingLogger(),
    onProgress: (report) => progress.push(report),
    openTransport: () => transport,
  });
  const advance = () => lanes.advance('metrics', spools.metrics.end);
  return { lanes, advance, progress };
}

describe('delivery from spools on the disk', () => {
  it('goes on after a restart where the backend has acknowledged', async () => {
    const spools = await DiskSpools.open(temporaryFolder());
    const transport = new FakeTransport();
    await spools.states();
    await spools.append('m()', ['x 1', 'x 2']);
    await (await deliver(spools, transport)).lanes.stop(5_000);
    await spools.append('m()', ['x 3']);
    await (await deliver(spools, transport)).lanes.stop(5_000);
    expect(transport.accepted).toEqual(['x=1', 'x=2', 'x=3']);
  });

  it('keeps for the next start what the backend did not take', async () => {
    const spools = await DiskSpools.open(temporaryFolder());
    const transport = new FakeTransport(() => BUSY);
    await spools.states();
    await spools.append('m()', ['x 1']);
    await (await deliver(spools, transport)).lanes.stop(5_000);
    transport.decide = () => ACCEPTED;
    await (await deliver(spools, transport)).lanes.stop(5_000);
    expect(transport.accepted).toEqual(['x=1']);
  });

  it('delivers what is appended while it runs, and says what became of it', async () => {
    const spools = await DiskSpools.open(temporaryFolder());
    const transport = new FakeTransport();
    const { lanes, advance, progress } = await deliver(spools, transport);
    await spools.append('m()', ['x 1', 'x null']);
    advance();
    await lanes.stop(5_000);
    expect(transport.accepted).toEqual(['x=1']);
    expect(progress.findLast(({ signal }) => signal === 'metrics')).toEqual({
      backend: 'main',
      signal: 'metrics',
      position: spools.metrics.end,
      since: {},
      settled: { 'm()': { acknowledged: 1, not_a_number: 1 } },
      state: { kind: 'idle' },
    });
  });
});

it('refuses to deliver without a cursor, because it could not say where to start', async () => {
  const folder = join(temporaryFolder(), 'metrics');
  const spools = await DiskSpools.open(folder);
  const state = {
    folder: spools.folder('metrics'),
    fsync: 'never' as const,
    end: spools.metrics.end,
    cursors: {},
  };
  const opened = openLaneSpool({
    backend: 'new',
    spool: state,
    clock: systemClock,
    logger: new RecordingLogger(),
  });
  await expect(opened).rejects.toThrow(/^Backend "new" has no cursor in the spool ".*metrics"$/);
});
