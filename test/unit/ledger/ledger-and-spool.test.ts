import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import type { BackendBooks } from '../../../src/ledger/ledger-snapshot.ts';
import type { StoredLedger } from '../../../src/ledger/stored-ledger.ts';
import { CursorFile } from '../../../src/spool/cursor-file.ts';
import { appendedBefore } from '../../../src/spool/cursor-format.ts';
import type { CursorState } from '../../../src/spool/cursor-format.ts';
import { prepareCursor } from '../../../src/spool/prepare-cursor.ts';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import type { SpoolWriter } from '../../../src/spool/spool-contract.ts';
import { block, FOLDER, segmentPath, SpoolFixture } from '../spool/spool-fixture.ts';

/** A collector with one backend, put together from the real spool, cursor and ledger. */
class Collector {
  readonly fixture: SpoolFixture;
  readonly spool: SpoolWriter;
  readonly ledger: Ledger;
  /** What ledger.json holds. */
  stored: StoredLedger | undefined;
  #cursor: CursorState;

  private constructor(
    fixture: SpoolFixture,
    spool: SpoolWriter,
    books: { cursor: CursorState; ledger: Ledger },
  ) {
    this.fixture = fixture;
    this.spool = spool;
    this.ledger = books.ledger;
    this.#cursor = books.cursor;
    this.#report();
  }

  /** Starts on the disk and with the stored ledger of `before`. */
  static async start(before?: Collector): Promise<Collector> {
    const fixture = before?.fixture ?? new SpoolFixture();
    const stored = before?.stored;
    const floor = stored?.appended.metrics ?? {};
    const spool = await fixture.open({ budget: new SpoolBudget(50_000), floor });
    const ledger = new Ledger({ stored, spools: () => ({ metrics: spool.appended, logs: {} }) });
    return new Collector(fixture, spool, { cursor: await prepareCursor(cursorOf(fixture), spool), ledger });
  }

  async emit(...lines: readonly string[]): Promise<void> {
    this.ledger.emitted('coin()', lines.length);
    await this.spool.append([block('coin()', ...lines)]);
    this.ledger.metricLog('coin()', { written: lines.length, rateLimited: 0, failed: 0 });
  }

  /** The backend takes all there is. */
  async deliver(): Promise<void> {
    const reader = this.fixture.read({
      position: this.#cursor.position,
      appended: appendedBefore(this.#cursor),
    });
    for (;;) {
      const outcome = await reader.next(this.spool.end);
      if (outcome === undefined) break;
      const reason = outcome.kind === 'gap' ? outcome.reason : 'acknowledged';
      const count = outcome.kind === 'gap' ? (outcome.lost['coin()'] ?? 0) : outcome.count;
      const settled = { ...this.#cursor.settled['coin()'] };
      settled[reason] = (settled[reason] ?? 0) + count;
      this.#cursor = { ...this.#cursor, position: outcome.next, settled: { 'coin()': settled } };
    }
    const file = await CursorFile.open(cursorOf(this.fixture));
    await file.commit(this.#cursor);
    await file.close();
    this.#report();
  }

  get backend(): BackendBooks | undefined {
    expect(this.ledger.snapshot().problems).toEqual([]);
    return this.ledger.snapshot().totals.backends['vm'];
  }

  #report(): void {
    this.ledger.progress({ backend: 'vm', signal: 'metrics', ...this.#cursor });
  }
}

function cursorOf({ clock, logger, files }: SpoolFixture) {
  return { folder: FOLDER, backend: 'vm', fsync: 'interval', clock, logger, files } as const;
}

describe('the ledger balances after', () => {
  it('a full disk', async () => {
    const collector = await Collector.start();
    collector.fixture.files.spaceLeft = 10;
    await collector.emit('one', 'two');
    collector.fixture.files.repair();
    await collector.emit('three');

    await collector.deliver();

    expect(collector.backend).toEqual({ emitted: 3, settled: { acknowledged: 1, unspooled: 2 }, pending: 0 });
  });

  it('an eviction', async () => {
    const collector = await Collector.start();
    for (let i = 0; i < 9; i++) await collector.emit('x'.repeat(6_000));

    expect(collector.backend).toMatchObject({ emitted: 9, pending: 9 });
    await collector.deliver();
    expect(collector.backend).toEqual({ emitted: 9, settled: { acknowledged: 8, expired: 1 }, pending: 0 });
  });

  it('a checksum error', async () => {
    const collector = await Collector.start();
    await collector.emit('one');
    await collector.emit('two');
    const { files } = collector.fixture;
    files.damage(segmentPath(1), files.content(segmentPath(1)).indexOf('one'));

    await collector.deliver();

    expect(collector.backend).toEqual({ emitted: 2, settled: { acknowledged: 1, corrupted: 1 }, pending: 0 });
  });

  it('kill -9 in the middle of a write', async () => {
    const first = await Collector.start();
    await first.emit('one');
    first.stored = first.ledger.toStored();
    await first.emit('two');
    first.fixture.files.killedAfter = 10;
    await first.emit('three');
    first.fixture.files = first.fixture.files.afterKill();

    const second = await Collector.start(first);

    expect(second.ledger.snapshot().totals).toMatchObject({
      emitted: 2,
      metricLog: { written: 1, interrupted: 1, waiting: 0 },
    });
    await second.deliver();
    expect(second.backend).toEqual({ emitted: 2, settled: { acknowledged: 2 }, pending: 0 });
  });

  it('a power loss that took lines which the ledger knows of', async () => {
    const first = await Collector.start();
    await first.emit('one');
    await first.fixture.clock.advance(1_000);
    await first.emit('two', 'three');
    first.stored = first.ledger.toStored();
    first.fixture.files = first.fixture.files.afterPowerLoss();

    const second = await Collector.start(first);
    await second.emit('four');
    await second.deliver();

    expect(second.ledger.snapshot().totals).toMatchObject({ emitted: 4, metricLog: { written: 4 } });
    expect(second.backend).toEqual({ emitted: 4, settled: { acknowledged: 2, corrupted: 2 }, pending: 0 });
  });

  it('a power loss that took lines which were delivered already', async () => {
    const first = await Collector.start();
    await first.emit('one', 'two');
    await first.deliver();
    first.stored = first.ledger.toStored();
    first.fixture.files = first.fixture.files.afterPowerLoss();

    const second = await Collector.start(first);
    await second.emit('three');
    await second.deliver();

    expect(second.backend).toEqual({ emitted: 3, settled: { acknowledged: 3 }, pending: 0 });
  });

  it('a cursor that was damaged, whose lines are delivered again', async () => {
    const first = await Collector.start();
    await first.emit('one', 'two');
    await first.deliver();
    first.stored = first.ledger.toStored();
    first.fixture.files.put(`${FOLDER}/vm.a.cursor`, Buffer.from('nonsense'));
    first.fixture.files.put(`${FOLDER}/vm.b.cursor`, Buffer.from('nonsense'));
    await first.spool.close();

    const second = await Collector.start(first);
    await second.deliver();

    expect(second.backend).toEqual({ emitted: 2, settled: { acknowledged: 2 }, pending: 0 });
  });
});
