import { describe, expect, it } from 'vitest';
import { block, readAll, segmentPath, SpoolFixture } from './spool-fixture.ts';

describe('fsync', () => {
  it('interval: syncs once a second while there is something to sync', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'interval' });
    await spool.append([block('coin()', 'one')]);
    await spool.append([block('coin()', 'two')]);
    const before = fixture.files.log.length;

    await fixture.clock.advance(5_000);

    expect(fixture.files.log.slice(before)).toEqual(['sync 00000000000000000001.seg']);
  });

  it('interval: loses to a power loss only what the last second brought', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'interval' });
    await spool.append([block('coin()', 'one')]);
    await fixture.clock.advance(1_000);
    await spool.append([block('coin()', 'two')]);

    fixture.files = fixture.files.afterPowerLoss();
    const again = await fixture.open();

    expect(await readAll(fixture.read(), again.end)).toEqual(['coin(): one']);
  });

  it('always: an append that has resolved survives a power loss', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'always' });
    await spool.append([block('coin()', 'one')]);

    fixture.files = fixture.files.afterPowerLoss();
    const again = await fixture.open();

    expect(await readAll(fixture.read(), again.end)).toEqual(['coin(): one']);
  });

  it('always: counts lines as unspooled that could not be synced', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'always' });
    await spool.append([block('coin()', 'one')]);
    fixture.files.refuse('sync', 'EIO');

    await spool.append([block('coin()', 'two')]);
    fixture.files.repair();
    await spool.append([block('coin()', 'three')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(): one',
      { unspooled: { 'coin()': 1 } },
      'coin(): three',
    ]);
  });

  it('never: leaves syncing to the system', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'never' });
    const before = fixture.files.log.length;
    await spool.append([block('coin()', 'one')]);

    await fixture.clock.advance(5_000);
    await spool.close();

    expect(fixture.files.log.slice(before).filter((operation) => operation.startsWith('sync'))).toEqual([]);
  });

  it('tries again when the disk does not sync', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'interval' });
    await spool.append([block('coin()', 'one')]);
    fixture.files.refuse('sync', 'EIO');
    await fixture.clock.advance(1_000);
    fixture.files.repair();
    await fixture.clock.advance(1_000);

    fixture.files = fixture.files.afterPowerLoss();
    const again = await fixture.open();

    expect(again.appended).toEqual({ 'coin()': 1 });
    expect(fixture.logger.messages('warn')).toContain(
      `Cannot sync the spool segment "${segmentPath(1)}"; a power loss may take its lines`,
    );
  });
});
