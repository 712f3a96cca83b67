import { expect } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import type { StoredLedger } from '../../../src/ledger/stored-ledger.ts';
import { Tally } from '../../../src/ledger/tally.ts';
import type { Signal } from '../../../src/metric-line/line-block.ts';

interface Round {
  readonly monitor: string;
  readonly signal: Signal;
  readonly count: number;
}

/**
 * A collector reduced to its counts: lines leave monitors, go to spools, then to the metric log, and backends settle
 * them; now and then the ledger is stored, and the collector is killed. After each step the books must balance.
 */
export class LedgerModel {
  readonly #spools = { metrics: new Tally(), logs: new Tally() };
  readonly #settled = { metrics: new Tally(), logs: new Tally() };
  #stored: StoredLedger | undefined;
  #ledger = this.#begin();
  /** Lines that left their monitor, oldest first; the spool takes them first, then the metric log. */
  #emitted: Round[] = [];
  #appended: Round[] = [];
  /** Lines that left a monitor and reached a spool, or may still do so. */
  #everEmitted = 0;

  emit(round: Round): void {
    this.#ledger.emitted(round.monitor, round.count);
    this.#emitted.push(round);
    this.#everEmitted += round.count;
  }

  append(): void {
    const round = this.#emitted.shift();
    if (round === undefined) return;
    this.#spools[round.signal].add(round.monitor, round.count);
    this.#appended.push(round);
  }

  log(rateLimited: number, failed: number): void {
    const round = this.#appended.shift();
    if (round === undefined) return;
    const first = Math.min(round.count, rateLimited);
    const second = Math.min(round.count - first, failed);
    const outcome = { written: round.count - first - second, rateLimited: first, failed: second };
    this.#ledger.metricLog(round.monitor, outcome);
  }

  settle(signal: Signal, monitor: string, most: number): void {
    const pending = this.#spools[signal].get(monitor) - this.#settled[signal].get(monitor);
    this.#settled[signal].add(monitor, Math.min(most, pending));
    this.#reportCursors();
  }

  store(): void {
    this.#stored = JSON.parse(JSON.stringify(this.#ledger.toStored())) as StoredLedger;
  }

  /** What had not reached a spool is gone, and nobody ever had it. */
  kill(): void {
    for (const { count } of this.#emitted) this.#everEmitted -= count;
    this.#emitted = [];
    this.#appended = [];
    this.#ledger = this.#begin();
    this.#reportCursors();
    expect(this.#ledger.snapshot().totals.metricLog.waiting).toBe(0);
  }

  check(): void {
    const { problems, totals } = this.#ledger.snapshot();
    const { written, rateLimited, failed, interrupted, waiting } = totals.metricLog;
    expect(problems).toEqual([]);
    expect(totals.emitted).toBe(this.#everEmitted);
    expect(written + rateLimited + failed + interrupted + waiting).toBe(totals.emitted);
    expect(totals.backends['vm']?.emitted ?? 0).toBe(this.#spools.metrics.total + this.#spools.logs.total);
  }

  #begin(): Ledger {
    const spools = () => ({ metrics: this.#spools.metrics.toCounts(), logs: this.#spools.logs.toCounts() });
    return new Ledger({ stored: this.#stored, spools });
  }

  #reportCursors(): void {
    for (const signal of ['metrics', 'logs'] as const) {
      const settled = Object.entries(this.#settled[signal].toCounts());
      const acknowledged = settled.map(([monitor, count]) => [monitor, { acknowledged: count }] as const);
      this.#ledger.progress({ backend: 'vm', signal, since: {}, settled: Object.fromEntries(acknowledged) });
    }
  }
}
