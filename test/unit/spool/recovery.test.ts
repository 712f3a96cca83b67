import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import { block, FOLDER, readAll, segmentPath, SpoolFixture } from './spool-fixture.ts';

const SMALL_SEGMENTS = { budget: new SpoolBudget(100_000) };

/** Three records in one segment: `one` of coin(), `two` of load(), `three` of coin(). */
async function threeRecords(): Promise<SpoolFixture> {
  const fixture = new SpoolFixture();
  const spool = await fixture.open();
  await spool.append([block('coin()', 'one'), block('load()', 'two'), block('coin()', 'three')]);
  await spool.close();
  return fixture;
}

function offsetOf(fixture: SpoolFixture, text: string): number {
  return fixture.files.content(segmentPath(1)).indexOf(text);
}

describe('opening a spool', () => {
  it('cuts off a write that kill -9 interrupted, and says so', async () => {
    const fixture = await threeRecords();
    const whole = fixture.files.content(segmentPath(1));
    fixture.files.put(segmentPath(1), whole.subarray(0, whole.length - 3));

    const spool = await fixture.open();

    expect(await readAll(fixture.read(), spool.end)).toEqual(['coin(): one', 'load(): two']);
    expect(spool.appended).toEqual({ 'coin()': 1, 'load()': 1 });
    expect(fixture.logger.messages('warn')).toEqual([
      `The last write to the spool segment "${segmentPath(1)}" was never finished; 43 bytes are cut off`,
    ]);
  });

  it('removes a segment that has not even a header', async () => {
    const fixture = await threeRecords();
    fixture.files.put(segmentPath(2), Buffer.alloc(0));

    const spool = await fixture.open();

    expect(fixture.files.names()).toEqual(['00000000000000000001.seg']);
    expect(spool.appended).toEqual({ 'coin()': 2, 'load()': 1 });
  });

  it('removes a segment that a power loss filled with zeros', async () => {
    const fixture = await threeRecords();
    fixture.files.put(segmentPath(2), Buffer.alloc(100_000));

    const spool = await fixture.open();
    await spool.append([block('coin()', 'four')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(): one',
      'load(): two',
      'coin(): three',
      'coin(): four',
    ]);
  });

  it('cuts off zeros that a power loss left behind the records', async () => {
    const fixture = await threeRecords();
    const whole = fixture.files.content(segmentPath(1));
    fixture.files.put(segmentPath(1), Buffer.concat([whole, Buffer.alloc(10_000)]));

    const spool = await fixture.open();

    expect(fixture.files.content(segmentPath(1))).toEqual(whole);
    expect(spool.end).toEqual({ segment: 1, offset: whole.length });
  });

  it('opens read-only remains all the same', async () => {
    const fixture = await threeRecords();
    const whole = fixture.files.content(segmentPath(1));
    fixture.files.put(segmentPath(1), whole.subarray(0, whole.length - 3));
    fixture.files.refuse('truncate', 'EROFS');

    const spool = await fixture.open();

    expect(await readAll(fixture.read(), spool.end)).toEqual(['coin(): one', 'load(): two']);
  });

  it('refuses a segment of a later version, and says what to do', async () => {
    const fixture = await threeRecords();
    const bytes = Buffer.from(fixture.files.content(segmentPath(1)));
    bytes.writeUInt32LE(2, 8);
    const json = bytes.subarray(20, 20 + bytes.readUInt32LE(12));
    bytes.writeUInt32LE(crc32(json, crc32(bytes.subarray(0, 16))), 16);
    fixture.files.put(segmentPath(1), bytes);

    await expect(fixture.open()).rejects.toThrow(
      `Cannot open the spool segment "${segmentPath(1)}": it has version 2 of the format, this collector reads version 1; run the version that wrote it until the spool is delivered, or move the folder away`,
    );
  });

  it('leaves files of other kinds alone', async () => {
    const fixture = await threeRecords();
    fixture.files.put(`${FOLDER}/README`, Buffer.from('hands off'));

    await fixture.open();

    expect(fixture.files.names()).toEqual(['00000000000000000001.seg', 'README']);
  });

  it('counts lines as corrupted that the ledger knows of and the disk does not', async () => {
    const fixture = await threeRecords();

    const spool = await fixture.open({ floor: { 'coin()': 5, 'load()': 1 } });
    await spool.append([block('coin()', 'six')]);

    expect(spool.appended).toEqual({ 'coin()': 6, 'load()': 1 });
    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(): one',
      'load(): two',
      'coin(): three',
      { corrupted: { 'coin()': 3 } },
      'coin(): six',
    ]);
  });
});

describe('reading a damaged spool', () => {
  it('counts the lines of a record whose text is damaged, and reads on behind it', async () => {
    const fixture = await threeRecords();
    fixture.files.damage(segmentPath(1), offsetOf(fixture, 'two'));

    const spool = await fixture.open();

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(): one',
      { corrupted: { 'load()': 1 } },
      'coin(): three',
    ]);
  });

  it('finds the next record behind one whose header is damaged', async () => {
    const fixture = await threeRecords();
    fixture.files.damage(segmentPath(1), offsetOf(fixture, 'one') - 20);

    const spool = await fixture.open();

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'load(): two',
      { corrupted: { 'coin()': 1 } },
      'coin(): three',
    ]);
  });

  it('counts a lost record of a monitor that comes never again by the header of the next segment', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open(SMALL_SEGMENTS);
    await spool.append([block('load()', 'one', 'two'), block('coin()', 'x'.repeat(9_000))]);
    await spool.append([block('coin()', 'y'.repeat(9_000))]);
    fixture.files.damage(segmentPath(1), offsetOf(fixture, 'one') - 20);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      `coin(): ${'x'.repeat(9_000)}`,
      { corrupted: { 'load()': 2 } },
      `coin(): ${'y'.repeat(9_000)}`,
    ]);
  });

  it('reads the records behind a damaged segment header', async () => {
    const fixture = await threeRecords();
    fixture.files.damage(segmentPath(1), 25);

    const spool = await fixture.open();

    expect(spool.appended).toEqual({ 'coin()': 2, 'load()': 1 });
    expect(await readAll(fixture.read(), spool.end)).toEqual(['coin(): one', 'load(): two', 'coin(): three']);
  });

  it('counts what a truncated older segment lost', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open(SMALL_SEGMENTS);
    await spool.append([block('coin()', 'one', 'two'), block('load()', 'x'.repeat(9_000))]);
    await spool.append([block('load()', 'y'.repeat(9_000))]);
    fixture.files.put(segmentPath(1), fixture.files.content(segmentPath(1)).subarray(0, 30));

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      { corrupted: { 'coin()': 2, 'load()': 1 } },
      `load(): ${'y'.repeat(9_000)}`,
    ]);
  });

  it('ends where the file ends when somebody has cut it', async () => {
    const fixture = await threeRecords();
    const whole = fixture.files.content(segmentPath(1));
    fixture.files.put(segmentPath(1), whole.subarray(0, offsetOf(fixture, 'three')));

    const found = await readAll(fixture.read(), { segment: 1, offset: whole.length });

    expect(found).toEqual(['coin(): one', 'load(): two']);
  });

  it('says where the damage is', async () => {
    const fixture = await threeRecords();
    fixture.files.damage(segmentPath(1), offsetOf(fixture, 'two'));

    await readAll(fixture.read(), { segment: 2, offset: 0 });

    expect(fixture.logger.records.at(-1)).toMatchObject({
      level: 'error',
      message: `Lines in the spool "${FOLDER}" are damaged or missing; they are counted as corrupted`,
      context: { lines: 1, segment: '00000000000000000001.seg' },
    });
  });

  it('is not misled by the magic of a record in the text of a line', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    const text = Buffer.from([0xff, 0x72, 0x65, 0x63, 0xff, 0x72, 0x65, 0x63, 0x0a]);
    const odd = { monitor: 'odd()', count: 1, lengths: Uint32Array.of(9), isLog: Uint8Array.of(0), text };
    await spool.append([odd, block('coin()', 'one')]);
    fixture.files.damage(segmentPath(1), fixture.files.content(segmentPath(1)).indexOf('odd()') - 10);

    expect(await readAll(fixture.read(), spool.end)).toEqual(['coin(): one']);
  });

  it('reads records that lie across the chunks it reads at once', async () => {
    const fixture = await threeRecords();

    const found = await readAll(fixture.read({ chunkBytes: 16 }), { segment: 2, offset: 0 });

    expect(found).toEqual(['coin(): one', 'load(): two', 'coin(): three']);
  });

  it('finds the next record when the damage is larger than a chunk', async () => {
    const fixture = await threeRecords();
    const whole = Buffer.from(fixture.files.content(segmentPath(1)));
    whole.fill(0, offsetOf(fixture, 'one') - 40, offsetOf(fixture, 'two') - 40);
    fixture.files.put(segmentPath(1), whole);

    const found = await readAll(fixture.read({ chunkBytes: 16 }), { segment: 2, offset: 0 });

    expect(found).toEqual(['load(): two', { corrupted: { 'coin()': 1 } }, 'coin(): three']);
  });

  it('counts a deleted segment as expired', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open(SMALL_SEGMENTS);
    for (const letter of ['a', 'b', 'c']) await spool.append([block('coin()', letter.repeat(9_000))]);
    await fixture.files.remove(segmentPath(2));

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      `coin(): ${'a'.repeat(9_000)}`,
      { expired: { 'coin()': 1 } },
      `coin(): ${'c'.repeat(9_000)}`,
    ]);
  });
});
