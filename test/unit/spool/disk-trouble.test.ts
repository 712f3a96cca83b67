import { describe, expect, it } from 'vitest';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import { block, readAll, segmentPath, SpoolFixture } from './spool-fixture.ts';

describe('a spool on a disk that refuses', () => {
  it.each(['ENOSPC', 'EIO', 'EROFS'])('counts lines as unspooled while writing gives %s', async (code) => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one')]);
    fixture.files.refuse('write', code);
    await spool.append([block('coin()', 'two', 'three'), block('load()', 'four')]);
    await spool.append([block('coin()', 'five')]);
    fixture.files.repair();

    await spool.append([block('coin()', 'six')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(): one',
      { unspooled: { 'coin()': 3 } },
      { unspooled: { 'load()': 1 } },
      'coin(): six',
    ]);
  });

  it('counts unspooled lines as appended at once', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    fixture.files.refuse('write', 'ENOSPC');

    await spool.append([block('coin()', 'one', 'two')]);

    expect(spool.appended).toEqual({ 'coin()': 2 });
  });

  it('leaves nothing of a write that the full disk cut off', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one')]);
    const size = fixture.files.content(segmentPath(1)).length;
    fixture.files.spaceLeft = 20;

    await spool.append([block('coin()', 'two')]);

    expect(fixture.files.content(segmentPath(1)).length).toBe(size);
  });

  it('writes nothing behind a torn write that cannot be cut off yet', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one')]);
    fixture.files.spaceLeft = 60;
    fixture.files.refuse('truncate', 'EROFS');
    await spool.append([block('coin()', 'two'), block('coin()', 'three')]);
    fixture.files.spaceLeft = Infinity;
    await spool.append([block('coin()', 'four')]);
    fixture.files.repair();

    await spool.append([block('coin()', 'five')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(): one',
      { unspooled: { 'coin()': 3 } },
      'coin(): five',
    ]);
  });

  it('ends no segment that has a torn write at its end', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });
    await spool.append([block('coin()', 'x'.repeat(9_000))]);
    fixture.files.spaceLeft = 60;
    fixture.files.refuse('truncate', 'EROFS');
    await spool.append([block('coin()', 'two'), block('coin()', 'three')]);
    fixture.files.spaceLeft = Infinity;
    await spool.append([block('coin()', 'y'.repeat(9_000))]);
    fixture.files.repair();

    await spool.append([block('coin()', 'five')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      `coin(): ${'x'.repeat(9_000)}`,
      { unspooled: { 'coin()': 3 } },
      'coin(): five',
    ]);
  });

  it('starts its first segment once the disk lets it', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    fixture.files.refuse('open', 'EROFS');
    await spool.append([block('coin()', 'one')]);
    fixture.files.repair();

    await spool.append([block('coin()', 'two')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([{ unspooled: { 'coin()': 1 } }, 'coin(): two']);
  });

  it('writes the gap when it is closed and nothing more was appended', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    fixture.files.refuse('write', 'ENOSPC');
    await spool.append([block('coin()', 'one')]);
    fixture.files.repair();

    await spool.close();

    expect(await readAll(fixture.read(), spool.end)).toEqual([{ unspooled: { 'coin()': 1 } }]);
  });

  it('says it once, then once a minute with a count, then that writing works again', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    fixture.files.refuse('open', 'ENOSPC');
    await spool.append([block('coin()', 'one')]);
    await spool.append([block('coin()', 'two')]);
    await fixture.clock.advance(60_000);
    await spool.append([block('coin()', 'three')]);
    fixture.files.repair();
    await spool.append([block('coin()', 'four')]);

    const said = `Cannot write to the spool "/data/spool/metrics": ENOSPC: the test says so, '${segmentPath(1)}'; lines are counted as unspooled until writing works again`;
    expect(fixture.logger.messages('error')).toEqual([said, said]);
    expect(fixture.logger.records[1]?.context['failures']).toBe(2);
    expect(fixture.logger.messages('info')).toEqual([
      'Writing to the spool "/data/spool/metrics" works again; 3 lines are counted as unspooled',
    ]);
  });

  it('counts lines that are appended after it was closed as unspooled', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.close();

    await spool.append([block('coin()', 'one')]);

    expect(spool.appended).toEqual({ 'coin()': 1 });
    expect(fixture.files.names()).toEqual([]);
  });

  it('goes on when a segment that nobody needs cannot be deleted', async () => {
    const fixture = new SpoolFixture();
    const first = await fixture.open();
    await first.append([block('coin()', 'one')]);
    await first.close();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'two')]);
    fixture.files.refuse('remove', 'EROFS');

    spool.release({ segment: 2, offset: 0 });
    await spool.close();

    expect(spool.start.segment).toBe(2);
    expect(fixture.logger.messages('warn')).toEqual([`Cannot remove the spool segment "${segmentPath(1)}"`]);
  });
});
