import { describe, expect, it } from 'vitest';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import { block, readAll, SpoolFixture } from './spool-fixture.ts';

describe('a spool', () => {
  it('gives back lines in the order in which they were appended', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();

    await spool.append([block('coin(a)', 'one', 'two'), block('load()', 'three')]);
    await spool.append([block('coin(a)', 'four')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'coin(a): one, two',
      'load(): three',
      'coin(a): four',
    ]);
  });

  it('counts for each monitor what was ever appended', async () => {
    const spool = await new SpoolFixture().open();

    await spool.append([block('coin(a)', 'one', 'two'), block('load()', 'three')]);

    expect(spool.appended).toEqual({ 'coin(a)': 2, 'load()': 1 });
  });

  it('keeps line breaks within a line', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();

    await spool.append([block('trace()', 'first\nsecond', 'third')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual(['trace(): first\nsecond, third']);
  });

  it('carries a line that is longer than 64 KiB', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    const long = 'x'.repeat(70_000);

    await spool.append([block('text()', long, 'short')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([`text(): ${long}`, 'text(): short']);
  });

  it('gives a line that is larger than a segment one for itself', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });
    const long = 'x'.repeat(20_000);

    await spool.append([block('text()', 'before', long, 'after')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'text(): before',
      `text(): ${long}`,
      'text(): after',
    ]);
  });

  it('counts a line that is too large for the cap as unspooled and goes on', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });

    await spool.append([block('text()', 'before', 'x'.repeat(30_000), 'after')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual([
      'text(): before',
      { unspooled: { 'text()': 1 } },
      'text(): after',
    ]);
    expect(fixture.logger.messages('warn')).toEqual([
      'A line is too long for the spool "/data/spool/metrics" and is counted as unspooled: 30001 bytes, at most 25000 fit under otel.spool.max_bytes',
    ]);
  });

  it('resolves an append of nothing', async () => {
    const spool = await new SpoolFixture().open();

    await expect(spool.append([])).resolves.toBeUndefined();
  });

  it('writes appends that wait for each other in one go', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();

    await Promise.all([
      spool.append([block('coin()', 'one')]),
      spool.append([block('coin()', 'two')]),
      spool.append([block('coin()', 'three')]),
    ]);

    expect(fixture.files.log.filter((operation) => operation.startsWith('write'))).toEqual([
      'write 00000000000000000001.seg', // header
      'write 00000000000000000001.seg', // one
      'write 00000000000000000001.seg', // two and three
    ]);
  });

  it('writes on where a short write ended', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    fixture.files.largestWrite = 7;

    await spool.append([block('coin()', 'one', 'two')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual(['coin(): one, two']);
  });

  it('lets a reader go no further than the end it was given', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one')]);
    const end = spool.end;
    await spool.append([block('coin()', 'two')]);
    const reader = fixture.read();

    expect(await readAll(reader, end)).toEqual(['coin(): one']);
    expect(await readAll(reader, spool.end)).toEqual(['coin(): two']);
  });

  it('lets a reader follow from segment to segment while they are written', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });
    const reader = fixture.read();
    await spool.append([block('coin()', 'a'.repeat(9_000))]);
    await readAll(reader, spool.end);

    await spool.append([block('coin()', 'b'.repeat(9_000))]);

    expect(spool.end.segment).toBe(2);
    expect(await readAll(reader, spool.end)).toEqual([`coin(): ${'b'.repeat(9_000)}`]);
  });

  it('goes on after it was closed and opened again', async () => {
    const fixture = new SpoolFixture();
    const first = await fixture.open();
    await first.append([block('coin()', 'one')]);
    await first.close();

    const second = await fixture.open();
    await second.append([block('coin()', 'two')]);

    expect(second.appended).toEqual({ 'coin()': 2 });
    expect(await readAll(fixture.read(), second.end)).toEqual(['coin(): one', 'coin(): two']);
  });

  it('can be closed twice', async () => {
    const spool = await new SpoolFixture().open();
    await spool.append([block('coin()', 'one')]);

    await spool.close();

    await expect(spool.close()).resolves.toBeUndefined();
  });

  it('costs two bytes for a line and 32 and the name for a record', async () => {
    const spool = await new SpoolFixture().open();
    await spool.append([block('coin()', 'one')]);
    const before = spool.sizeBytes;

    await spool.append([block('coin()', 'four', 'five')]);

    expect(spool.sizeBytes - before).toBe(32 + 'coin()'.length + 2 * 2 + 'four\nfive\n'.length);
  });
});
