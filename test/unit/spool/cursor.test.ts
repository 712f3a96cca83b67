import { describe, expect, it } from 'vitest';
import { CursorFile, readCursor } from '../../../src/spool/cursor-file.ts';
import type { CursorFileOptions } from '../../../src/spool/cursor-file.ts';
import type { CursorState } from '../../../src/spool/cursor-format.ts';
import { prepareCursor, removeUnknownCursors } from '../../../src/spool/prepare-cursor.ts';
import { block, FOLDER, readAll, SpoolFixture } from './spool-fixture.ts';

const SLOT_A = `${FOLDER}/collector.a.cursor`;
const SLOT_B = `${FOLDER}/collector.b.cursor`;

function options(fixture: SpoolFixture, other: Partial<CursorFileOptions> = {}): CursorFileOptions {
  const { clock, logger, files } = fixture;
  return { folder: FOLDER, backend: 'collector', fsync: 'interval', clock, logger, files, ...other };
}

function at(offset: number, acknowledged = offset): CursorState {
  return {
    position: { segment: 1, offset },
    since: { 'coin()': 7 },
    settled: { 'coin()': { acknowledged } },
  };
}

describe('a cursor', () => {
  it('is there again after it was closed and opened', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture));
    await cursor.commit(at(100));
    await cursor.close();

    const again = await CursorFile.open(options(fixture));

    expect(again.stored).toEqual({ kind: 'stored', state: at(100) });
  });

  it('is missing for a backend that is new', async () => {
    const cursor = await CursorFile.open(options(new SpoolFixture()));

    expect(cursor.stored).toEqual({ kind: 'missing' });
  });

  it('has the last commit after kill -9', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture));
    await cursor.commit(at(100));
    await cursor.commit(at(200));
    await cursor.commit(at(300));

    const stored = await readCursor(FOLDER, 'collector', fixture.files.afterKill());

    expect(stored).toEqual({ kind: 'stored', state: at(300) });
  });

  it('has the commit before when kill -9 comes in the middle of one', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture, { fsync: 'never' }));
    await cursor.commit(at(100));
    await cursor.commit(at(200));
    fixture.files.killedAfter = 50;
    await cursor.commit(at(300));

    const stored = await readCursor(FOLDER, 'collector', fixture.files.afterKill());

    expect(stored).toEqual({ kind: 'stored', state: at(200) });
  });

  it('is at most a second old after a power loss, and never torn', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture));
    await cursor.commit(at(100));
    await fixture.clock.advance(1_000);
    await cursor.commit(at(200));
    await cursor.commit(at(300));

    const stored = await readCursor(FOLDER, 'collector', fixture.files.afterPowerLoss());

    expect(stored).toEqual({ kind: 'stored', state: at(200) });
  });

  it('loses no commit to a power loss with fsync always', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture, { fsync: 'always' }));
    await cursor.commit(at(100));
    await cursor.commit(at(200));
    await cursor.commit(at(300));

    const stored = await readCursor(FOLDER, 'collector', fixture.files.afterPowerLoss());

    expect(stored).toEqual({ kind: 'stored', state: at(300) });
  });

  it('syncs once a second at most', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture));

    for (let offset = 1; offset <= 100; offset++) await cursor.commit(at(offset));

    expect(fixture.files.log.filter((operation) => operation.startsWith('sync'))).toHaveLength(1);
  });

  it('is read in spite of a longer one that stood in the file before', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture));
    await cursor.commit(at(1_000_000_000));
    await fixture.clock.advance(1_000);
    await cursor.commit(at(1_000_000_000));
    await fixture.clock.advance(1_000);
    await cursor.commit(at(1));

    const stored = await readCursor(FOLDER, 'collector', fixture.files);

    expect(stored).toEqual({ kind: 'stored', state: at(1) });
  });

  it('falls back to the older file when the newer is damaged', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture, { fsync: 'always' }));
    await cursor.commit(at(100));
    await cursor.commit(at(200));
    fixture.files.damage(SLOT_B, -5);

    const stored = await readCursor(FOLDER, 'collector', fixture.files);

    expect(stored).toEqual({ kind: 'stored', state: at(100) });
  });

  it('goes on when the disk refuses, says so once, and says when it works again', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture));
    fixture.files.refuse('write', 'EIO');
    await cursor.commit(at(100));
    await cursor.commit(at(200));
    fixture.files.repair();
    await cursor.commit(at(300));

    expect(fixture.logger.messages('error')).toEqual([
      `Cannot write the cursor of "collector" in "${FOLDER}": EIO: the test says so, '${SLOT_A}'; lines that were delivered since may be delivered again after a restart`,
    ]);
    expect(fixture.logger.messages('info')).toEqual([
      `Writing the cursor of "collector" in "${FOLDER}" works again; nothing is missing`,
    ]);
    expect(await readCursor(FOLDER, 'collector', fixture.files)).toEqual({ kind: 'stored', state: at(300) });
  });

  it('may belong to a backend whose name is no file name', async () => {
    const fixture = new SpoolFixture();
    const cursor = await CursorFile.open(options(fixture, { backend: '../a b/ü' }));
    await cursor.commit(at(100));

    expect(fixture.files.names()).toEqual(['..%2Fa%20b%2F%C3%BC.a.cursor', '..%2Fa%20b%2F%C3%BC.b.cursor']);
  });
});

describe('preparing a cursor', () => {
  it('lets a new backend start at the end of the spool', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one', 'two')]);

    const state = await prepareCursor(options(fixture), spool);

    expect(state).toEqual({ position: spool.end, since: { 'coin()': 2 }, settled: {} });
    expect(await readCursor(FOLDER, 'collector', fixture.files)).toEqual({ kind: 'stored', state });
  });

  it('keeps a cursor that is there', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    const before = await prepareCursor(options(fixture), spool);
    await spool.append([block('coin()', 'one', 'two')]);

    expect(await prepareCursor(options(fixture), spool)).toEqual(before);
  });

  it('lets a backend with a damaged cursor start at the oldest line, and says so', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one', 'two')]);
    fixture.files.put(SLOT_A, Buffer.from('scalyr-otel cursor 1 2 00000000\n{}'));
    fixture.files.put(SLOT_B, Buffer.alloc(0));

    const { position, since } = await prepareCursor(options(fixture), spool);

    expect(await readAll(fixture.read({ position, appended: since }), spool.end)).toEqual([
      'coin(): one, two',
    ]);
    expect(fixture.logger.messages('error')).toEqual([
      `The cursor of "collector" in "${FOLDER}" is damaged; all lines in the spool are delivered to it again`,
    ]);
  });

  it('is what a spool that lost lines to a power loss goes by', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ fsync: 'never' });
    const cursor = await CursorFile.open(options(fixture, { fsync: 'always' }));
    await spool.append([block('coin()', 'one', 'two')]);
    await cursor.commit({ position: spool.end, since: {}, settled: { 'coin()': { acknowledged: 2 } } });
    fixture.files = fixture.files.afterPowerLoss();

    const again = await fixture.open();
    await again.append([block('coin()', 'three')]);

    expect(again.appended).toEqual({ 'coin()': 3 });
    expect(again.end.segment).toBe(2);
  });
});

describe('removing cursors of unknown backends', () => {
  it('says what waits in the spool and will not be delivered', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await prepareCursor(options(fixture, { backend: 'old' }), spool);
    await prepareCursor(options(fixture, { backend: 'kept' }), spool);
    await spool.append([block('coin()', 'one', 'two')]);

    const removed = await removeUnknownCursors({ ...options(fixture), backends: ['kept'] }, spool);

    expect(removed).toEqual([{ backend: 'old', pending: { 'coin()': 2 } }]);
    expect(fixture.files.names().filter((name) => name.endsWith('.cursor'))).toEqual([
      'kept.a.cursor',
      'kept.b.cursor',
    ]);
  });

  it('removes a damaged one, of which nothing is known', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    fixture.files.put(`${FOLDER}/old.a.cursor`, Buffer.from('nonsense'));

    const removed = await removeUnknownCursors({ ...options(fixture), backends: [] }, spool);

    expect(removed).toEqual([{ backend: 'old', pending: undefined }]);
    expect(fixture.files.names()).toEqual([]);
  });
});
