import { expect } from 'vitest';
import type { LineBlock } from '../../../src/metric-line/line-block.ts';
import { settledTotal } from '../../../src/ledger/settled-lines.ts';
import type { SettledByMonitor, Settlement } from '../../../src/ledger/settlement.ts';
import { CursorFile } from '../../../src/spool/cursor-file.ts';
import type { CursorState } from '../../../src/spool/cursor-format.ts';
import { appendedBefore } from '../../../src/spool/cursor-format.ts';
import { comparePositions } from '../../../src/spool/position.ts';
import { prepareCursor } from '../../../src/spool/prepare-cursor.ts';
import { SpoolBudget } from '../../../src/spool/spool-budget.ts';
import type { SpooledLines, SpoolGap, SpoolReader, SpoolWriter } from '../../../src/spool/spool-contract.ts';
import { block, FOLDER, linesOf, SpoolFixture } from './spool-fixture.ts';

export const BACKENDS = ['fast', 'slow'] as const;
const MAX_BYTES = 40_000;

/** A backend that reads the spool, and what it has committed. */
interface Backend {
  readonly file: CursorFile;
  readonly reader: SpoolReader;
  state: CursorState;
}

/**
 * A spool beside a plain list of lines for each monitor. Whatever is done, every line that a reader yields must be the
 * one that the list has at the place which the cursor's counts say; so nothing is left out, repeated or changed unseen.
 */
export class SpoolModel {
  readonly #fixture = new SpoolFixture();
  readonly #lines = new Map<string, string[]>();
  #spool: SpoolWriter | undefined;
  #backends = new Map<string, Backend>();
  /** Lines of each monitor in the spool whose append has resolved, on disk. */
  #promised: Readonly<Record<string, number>> = {};

  async open(): Promise<void> {
    const spool = await this.#fixture.open({ budget: new SpoolBudget(MAX_BYTES) });
    this.#spool = spool;
    this.#backends = new Map();
    for (const name of BACKENDS) this.#backends.set(name, await this.#openBackend(name, spool));
  }

  /** Appends `counts[i]` lines of about `width` bytes for each of a few monitors. */
  async append(counts: readonly number[], width: number): Promise<void> {
    await this.#open.append(this.#write(counts, width));
    if (!this.#diskIsFull) this.#promised = this.#open.appended;
    expect(this.#open.appended).toEqual(this.#listed());
    expect(this.#open.sizeBytes).toBeLessThanOrEqual(MAX_BYTES);
  }

  /** Lets a backend read up to `records` records, and then commit. */
  async deliver(name: string, records: number): Promise<void> {
    const backend = this.#backend(name);
    for (let i = 0; i < records; i++) {
      const outcome = await backend.reader.next(this.#open.end);
      if (outcome === undefined) break;
      backend.state = this.#settle(backend.state, outcome);
    }
    await backend.file.commit(backend.state);
    this.#expectNothingNegative(backend.state);
  }

  release(): void {
    const slowest = [...this.#backends.values()].map(({ state }) => state.position).sort(comparePositions)[0];
    if (slowest !== undefined) this.#open.release(slowest);
  }

  fillDisk(spaceLeft: number): void {
    this.#fixture.files.spaceLeft = spaceLeft;
  }

  freeDisk(): void {
    this.#fixture.files.repair();
  }

  advance(ms: number): Promise<void> {
    return this.#fixture.clock.advance(ms);
  }

  async reopen(): Promise<void> {
    this.freeDisk();
    await this.#open.close();
    for (const { file } of this.#backends.values()) await file.close();
    await this.open();
    expect(this.#open.appended).toEqual(this.#listed());
  }

  /** Kills the collector when the next append has written `bytes` more bytes, and starts it again. */
  async killDuringAppend(counts: readonly number[], bytes: number): Promise<void> {
    this.#fixture.files.killedAfter = bytes;
    await this.#open.append(this.#write(counts, 40));
    this.#fixture.files = this.#fixture.files.afterKill();
    await this.open();
    this.#expectPromisesKept();
    this.#forgetWhatNeverWas();
  }

  /** Cuts the power, of what was not synced `kept` bytes of each file survive, and starts again. */
  async losePower(kept: number): Promise<void> {
    this.#fixture.files = this.#fixture.files.afterPowerLoss(kept);
    await this.open();
    this.#forgetWhatNeverWas();
  }

  /** Lets every backend read all there is: then every line ever appended must be settled. */
  async drain(): Promise<void> {
    await this.reopen();
    await this.append([1], 10);
    for (const name of BACKENDS) {
      await this.deliver(name, Infinity);
      expect(appendedBefore(this.#backend(name).state)).toEqual(this.#open.appended);
    }
  }

  get #open(): SpoolWriter {
    if (this.#spool === undefined) throw new Error('the spool is not open');
    return this.#spool;
  }

  get #diskIsFull(): boolean {
    return this.#fixture.files.spaceLeft !== Infinity;
  }

  #backend(name: string): Backend {
    const backend = this.#backends.get(name);
    if (backend === undefined) throw new Error(`there is no backend ${name}`);
    return backend;
  }

  async #openBackend(backend: string, spool: SpoolWriter): Promise<Backend> {
    const { clock, logger, files } = this.#fixture;
    const options = { folder: FOLDER, backend, fsync: 'interval', clock, logger, files } as const;
    const state = await prepareCursor(options, spool);
    const reader = this.#fixture.read({
      position: state.position,
      appended: appendedBefore(state),
      chunkBytes: 1_000,
    });
    return { file: await CursorFile.open(options), reader, state };
  }

  #write(counts: readonly number[], width: number): LineBlock[] {
    return counts.map((size, monitor) => {
      const name = `monitor(${monitor})`;
      const list = this.#lines.get(name) ?? [];
      const fresh = Array.from({ length: size }, (_, i) => `${list.length + i} `.padEnd(width, '.'));
      this.#lines.set(name, [...list, ...fresh]);
      return block(name, ...fresh);
    });
  }

  #settle(state: CursorState, outcome: SpooledLines | SpoolGap): CursorState {
    const settled: SettledByMonitor = structuredClone(state.settled);
    if (outcome.kind === 'lines') {
      const from = appendedBefore(state)[outcome.monitor] ?? 0;
      const expected = this.#lines.get(outcome.monitor)?.slice(from, from + outcome.count);
      expect(linesOf(outcome)).toEqual(expected);
      count(settled, outcome.monitor, { acknowledged: outcome.count });
    } else {
      for (const [monitor, lost] of Object.entries(outcome.lost))
        count(settled, monitor, { [outcome.reason]: lost });
    }
    return { ...state, position: outcome.next, settled };
  }

  #listed(): Record<string, number> {
    const lengths = [...this.#lines].map(([monitor, lines]): [string, number] => [monitor, lines.length]);
    return Object.fromEntries(lengths.filter(([, length]) => length > 0));
  }

  #expectNothingNegative(state: CursorState): void {
    for (const [monitor, before] of Object.entries(appendedBefore(state))) {
      expect(before).toBeLessThanOrEqual(this.#open.appended[monitor] ?? 0);
    }
  }

  #expectPromisesKept(): void {
    for (const [monitor, promised] of Object.entries(this.#promised)) {
      expect(this.#open.appended[monitor]).toBeGreaterThanOrEqual(promised);
    }
  }

  /** Lines of an append that did not resolve may be in the spool or not; those that are not were never appended. */
  #forgetWhatNeverWas(): void {
    const { appended } = this.#open;
    for (const [monitor, lines] of this.#lines)
      this.#lines.set(monitor, lines.slice(0, appended[monitor] ?? 0));
    expect(appended).toEqual(this.#listed());
    this.#promised = appended;
  }
}

function count(settled: SettledByMonitor, monitor: string, more: Partial<Record<Settlement, number>>): void {
  const known = settled[monitor] ?? {};
  for (const [reason, lines] of Object.entries(more)) {
    const settlement = reason as Settlement;
    known[settlement] = (known[settlement] ?? 0) + lines;
  }
  expect(settledTotal(known)).toBeGreaterThan(0);
  settled[monitor] = known;
}
