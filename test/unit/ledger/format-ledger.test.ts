import { describe, expect, it } from 'vitest';
import { formatLedger } from '../../../src/ledger/format-ledger.ts';
import { formatTotals } from '../../../src/ledger/format-totals.ts';
import type { Books, LedgerSnapshot, MetricLogBooks } from '../../../src/ledger/ledger-snapshot.ts';

const QUIET: MetricLogBooks = { written: 0, rateLimited: 0, failed: 0, interrupted: 0, waiting: 0 };

const COINS: Books = {
  emitted: 1204,
  metricLog: { ...QUIET, written: 1204 },
  backends: { vm: { emitted: 1204, settled: { acknowledged: 1190 }, pending: 14 } },
};

function snapshot(monitors: Readonly<Record<string, Books>>, totals: Books): LedgerSnapshot {
  return { monitors, totals, balanced: true, problems: [] };
}

describe('the totals', () => {
  it('fit into a line', () => {
    expect(formatTotals(snapshot({}, COINS))).toBe(
      'emitted 1,204 · logged 1,204 · otlp acknowledged 1,190 · pending 14 · dropped 0',
    );
  });

  it('are those of the metric log alone without a backend', () => {
    expect(formatTotals(snapshot({}, { ...COINS, backends: {} }))).toBe('emitted 1,204 · logged 1,204');
  });

  it('name the backends when there are several', () => {
    const other = {
      emitted: 4,
      settled: { acknowledged: 1, rejected: 1, expired: 1, not_a_number: 1 },
      pending: 0,
    };

    expect(formatTotals(snapshot({}, { ...COINS, backends: { ...COINS.backends, other } }))).toBe(
      'emitted 1,204 · logged 1,204 · vm acknowledged 1,190 · pending 14 · dropped 0' +
        ' · other acknowledged 1 · pending 0 · dropped 2 · skipped 1',
    );
  });

  it('show what the metric log did not take', () => {
    const metricLog = { ...QUIET, written: 1, rateLimited: 2, failed: 3, interrupted: 4 };

    expect(formatTotals(snapshot({}, { emitted: 10, metricLog, backends: {} }))).toBe(
      'emitted 10 · logged 1 · rate limited 2 · failed 3 · interrupted 4',
    );
  });
});

describe('the ledger for people', () => {
  it('has a line for each monitor, and under it one for each backend', () => {
    const load: Books = {
      emitted: 12,
      metricLog: { ...QUIET, written: 10, rateLimited: 2 },
      backends: {
        vm: { emitted: 12, settled: { acknowledged: 9, rejected: 1, not_a_number: 2 }, pending: 0 },
      },
    };
    const totals: Books = {
      emitted: 1216,
      metricLog: { ...QUIET, written: 1214, rateLimited: 2 },
      backends: {
        vm: { emitted: 1216, settled: { acknowledged: 1199, rejected: 1, not_a_number: 2 }, pending: 14 },
      },
    };

    expect(formatLedger(snapshot({ 'random_coin_monitor(a)': COINS, 'load()': load }, totals))).toBe(
      [
        'monitor                 emitted  logged  rate limited',
        'random_coin_monitor(a)    1,204   1,204             0',
        '  vm  acknowledged 1,190 · pending 14',
        'load()                       12      10             2',
        '  vm  acknowledged 9 · pending 0 · rejected 1 · not a number 2',
        'total                     1,216   1,214             2',
        '  vm  acknowledged 1,199 · pending 14 · rejected 1 · not a number 2',
        'balanced',
        '',
      ].join('\n'),
    );
  });

  it('says where the books do not balance', () => {
    const problems = ['coin(a): the spools have 2 lines more than were emitted'];

    expect(formatLedger({ monitors: {}, totals: COINS, balanced: false, problems })).toContain(
      '\nNOT BALANCED\n  coin(a): the spools have 2 lines more than were emitted\n',
    );
  });
});
