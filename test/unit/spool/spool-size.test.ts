import { describe, expect, it } from 'vitest';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import { block, readAll, SpoolFixture } from './spool-fixture.ts';

describe('releasing', () => {
  it('deletes the segments that all cursors have passed', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });
    for (const letter of ['a', 'b', 'c']) await spool.append([block('coin()', letter.repeat(9_000))]);

    spool.release({ segment: 3, offset: 0 });
    await spool.close();

    expect(fixture.files.names()).toEqual(['00000000000000000003.seg']);
  });

  it('deletes a segment that was read to its end', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });
    await spool.append([block('coin()', 'a'.repeat(9_000))]);
    const endOfFirst = spool.end;
    await spool.append([block('coin()', 'b'.repeat(9_000))]);

    spool.release(endOfFirst);

    expect(spool.start).toEqual({ segment: 2, offset: 0 });
  });

  it('keeps the segment being written', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open();
    await spool.append([block('coin()', 'one')]);

    spool.release(spool.end);
    await spool.append([block('coin()', 'two')]);

    expect(await readAll(fixture.read(), spool.end)).toEqual(['coin(): one', 'coin(): two']);
  });

  it('loses no line to a reader that stands at the end of a deleted segment', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(100_000) });
    await spool.append([block('coin()', 'one')]);
    const reader = fixture.read({ position: spool.end, appended: spool.appended });
    await spool.append([block('coin()', 'b'.repeat(12_400))]);

    spool.release({ segment: 2, offset: 0 });

    expect(spool.start.segment).toBe(2);
    expect(await readAll(reader, spool.end)).toEqual([`coin(): ${'b'.repeat(12_400)}`]);
  });
});

describe('the size cap', () => {
  it('evicts the oldest segment and tells readers exactly what they lost', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(50_000) });
    await spool.append([block('coin()', 'one', 'two'), block('load()', 'a'.repeat(6_000))]);
    for (const letter of ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) {
      await spool.append([block('load()', letter.repeat(6_000))]);
    }

    const [first, second] = await readAll(fixture.read(), spool.end);

    expect(first).toEqual({ expired: { 'coin()': 2, 'load()': 1 } });
    expect(second).toBe(`load(): ${'b'.repeat(6_000)}`);
    expect(spool.sizeBytes).toBeLessThanOrEqual(50_000);
  });

  it('says in the log that it evicts, once a minute', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(50_000) });

    for (let i = 0; i < 30; i++) await spool.append([block('load()', 'x'.repeat(6_000))]);

    expect(fixture.logger.messages('warn')).toEqual([
      'The spools have reached otel.spool.max_bytes (50000); the oldest lines of "/data/spool/metrics" are dropped and counted as expired',
    ]);
  });

  it('takes from the larger spool when two share it', async () => {
    const fixture = new SpoolFixture();
    const budget = new SpoolBudget(80_000);
    const metrics = await fixture.open({ budget });
    const logs = await fixture.open({ budget, folder: '/data/spool/logs' });
    await logs.append([block('text()', 'x'.repeat(9_000))]);
    await logs.append([block('text()', 'x'.repeat(9_000))]);

    for (let i = 0; i < 20; i++) await metrics.append([block('coin()', 'x'.repeat(9_000))]);

    expect(logs.start.segment).toBe(1);
    expect(metrics.start.segment).toBeGreaterThan(1);
    expect(metrics.sizeBytes + logs.sizeBytes).toBeLessThanOrEqual(80_000);
  });

  it('ends and evicts the segment being written when there is no other to evict', async () => {
    const fixture = new SpoolFixture();
    const budget = new SpoolBudget(4_500);
    const metrics = await fixture.open({ budget });
    const logs = await fixture.open({ budget, folder: '/data/spool/logs' });
    for (let i = 0; i < 2; i++) await logs.append([block('text()', 'x'.repeat(1_000))]);
    for (let i = 0; i < 2; i++) await metrics.append([block('coin()', String(i).repeat(900))]);

    await metrics.append([block('coin()', '2'.repeat(900))]);

    expect(await readAll(fixture.read(), metrics.end)).toEqual([
      { expired: { 'coin()': 2 } },
      `coin(): ${'2'.repeat(900)}`,
    ]);
    expect(metrics.sizeBytes + logs.sizeBytes).toBeLessThanOrEqual(4_500);
  });

  it('lets a reader finish the segment that was evicted under it', async () => {
    const fixture = new SpoolFixture();
    const spool = await fixture.open({ budget: new SpoolBudget(50_000) });
    await spool.append([block('coin()', 'one'), block('coin()', 'two')]);
    const reader = fixture.read();
    await reader.next(spool.end);

    for (let i = 0; i < 9; i++) await spool.append([block('load()', String(i).repeat(6_000))]);
    const [second] = await readAll(reader, spool.end);

    expect(fixture.files.names()).not.toContain('00000000000000000001.seg');
    expect(second).toBe('coin(): two');
  });
});
