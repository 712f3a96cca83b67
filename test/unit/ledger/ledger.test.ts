import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';

const WRITTEN = { written: 0, rateLimited: 0, failed: 0 };

describe('the ledger', () => {
  it('counts what became of lines on their way to the metric log', () => {
    const ledger = new Ledger({ spools: () => ({}) });
    ledger.emitted('coin(a)', 10);
    ledger.metricLog('coin(a)', { written: 6, rateLimited: 2, failed: 1 });

    expect(ledger.snapshot().monitors).toEqual({
      'coin(a)': {
        emitted: 10,
        metricLog: { written: 6, rateLimited: 2, failed: 1, interrupted: 0, waiting: 1 },
        backends: {},
      },
    });
  });

  it('puts beside it what became of them at each backend, metrics and logs together', () => {
    const spools = { metrics: { 'coin(a)': 10 }, logs: { 'coin(a)': 5 } };
    const ledger = new Ledger({ spools: () => spools });
    const settledMetrics = { 'coin(a)': { acknowledged: 6, rejected: 1 } };
    const settledLogs = { 'coin(a)': { acknowledged: 2, text_dropped: 1 } };
    ledger.progress({ backend: 'vm', signal: 'metrics', since: { 'coin(a)': 2 }, settled: settledMetrics });
    ledger.progress({ backend: 'vm', signal: 'logs', since: {}, settled: settledLogs });

    expect(ledger.snapshot().totals.backends).toEqual({
      vm: { emitted: 13, settled: { acknowledged: 8, rejected: 1, text_dropped: 1 }, pending: 3 },
    });
  });

  it('takes the latest word of a cursor', () => {
    const ledger = new Ledger({ spools: () => ({ metrics: { 'coin(a)': 10 } }) });
    const cursor = { backend: 'vm', signal: 'metrics', since: {} } as const;
    ledger.progress({ ...cursor, settled: { 'coin(a)': { acknowledged: 4 } } });
    ledger.progress({ ...cursor, settled: { 'coin(a)': { acknowledged: 9 } } });

    expect(ledger.snapshot().totals.backends['vm']?.pending).toBe(1);
  });

  it('sorts monitors by name and leaves out those that had nothing to do with any backend', () => {
    const ledger = new Ledger({ spools: () => ({ metrics: { 'gone()': 5, 'b()': 1 } }) });
    ledger.progress({ backend: 'vm', signal: 'metrics', since: { 'gone()': 5 }, settled: {} });
    ledger.emitted('c()', 1);
    ledger.emitted('a()', 1);

    expect(Object.keys(ledger.snapshot().monitors)).toEqual(['a()', 'b()', 'c()']);
  });

  it('goes on with what it had stored', () => {
    const first = new Ledger({ spools: () => ({}) });
    first.emitted('coin(a)', 10);
    first.metricLog('coin(a)', { ...WRITTEN, written: 10 });

    const second = new Ledger({ stored: first.toStored(), spools: () => ({}) });
    second.emitted('coin(a)', 1);

    expect(second.snapshot().totals).toMatchObject({ emitted: 11, metricLog: { written: 10, waiting: 1 } });
  });

  it('after kill -9, counts lines that only the spool knows of as emitted and interrupted', () => {
    let appended = 10;
    const spools = () => ({ metrics: { 'coin(a)': appended }, logs: {} });
    const first = new Ledger({ spools });
    first.emitted('coin(a)', 5);
    appended = 15;
    first.metricLog('coin(a)', { ...WRITTEN, written: 5 });
    const stored = first.toStored();
    first.emitted('coin(a)', 7);
    appended = 22;

    const second = new Ledger({ stored, spools });

    expect(second.snapshot().totals).toMatchObject({
      emitted: 12,
      metricLog: { written: 5, interrupted: 7, waiting: 0 },
    });
    expect(second.snapshot().balanced).toBe(true);
  });

  it('after kill -9, counts lines once that were on their way to the spool when it was stored', () => {
    let appended = 0;
    const spools = () => ({ metrics: { 'coin(a)': appended }, logs: {} });
    const first = new Ledger({ spools });
    first.emitted('coin(a)', 5);
    const stored = first.toStored();
    appended = 5;

    const second = new Ledger({ stored, spools });

    expect(second.snapshot().totals).toMatchObject({ emitted: 5, metricLog: { interrupted: 5 } });
  });

  it('does not count what a spool held before it knew of the spool', () => {
    const stored = new Ledger({ spools: () => ({}) }).toStored();

    const ledger = new Ledger({ stored, spools: () => ({ metrics: { 'coin(a)': 100 } }) });

    expect(ledger.snapshot().totals.emitted).toBe(0);
  });
});

describe('the balance', () => {
  it('holds while lines are on their way', () => {
    const spools = { metrics: { 'coin(a)': 0 }, logs: {} };
    const ledger = new Ledger({ spools: () => spools });
    ledger.emitted('coin(a)', 5);

    expect(ledger.snapshot()).toMatchObject({ balanced: true, problems: [] });
  });

  it('is broken by lines that the metric log has and nobody emitted', () => {
    const ledger = new Ledger({ spools: () => ({}) });
    ledger.emitted('coin(a)', 5);
    ledger.metricLog('coin(a)', { ...WRITTEN, written: 6 });

    expect(ledger.snapshot()).toMatchObject({
      balanced: false,
      problems: ['coin(a): the metric log has decided about 1 line more than were emitted'],
    });
  });

  it('is broken by lines that the spools have and nobody emitted', () => {
    let appended = 0;
    const ledger = new Ledger({ spools: () => ({ metrics: { 'coin(a)': appended } }) });
    ledger.emitted('coin(a)', 5);
    appended = 7;

    expect(ledger.snapshot().problems).toEqual(['coin(a): the spools have 2 lines more than were emitted']);
  });

  it('is broken by lines that reached the metric log and no spool', () => {
    const ledger = new Ledger({ spools: () => ({ metrics: {}, logs: {} }) });
    ledger.emitted('coin(a)', 5);
    ledger.metricLog('coin(a)', { ...WRITTEN, written: 5 });

    expect(ledger.snapshot().problems).toEqual([
      'coin(a): the metric log has 5 lines that the spools do not have',
    ]);
  });

  it('is not broken by lines of a signal that has no spool', () => {
    const ledger = new Ledger({ spools: () => ({ metrics: {} }) });
    ledger.emitted('text()', 5);
    ledger.metricLog('text()', { ...WRITTEN, written: 5 });

    expect(ledger.snapshot().balanced).toBe(true);
  });

  it('is broken by a backend that settled more than there was', () => {
    const ledger = new Ledger({ spools: () => ({ metrics: { 'coin(a)': 5 } }) });
    const settled = { 'coin(a)': { acknowledged: 4, expired: 2 } };
    ledger.progress({ backend: 'vm', signal: 'metrics', since: {}, settled });

    expect(ledger.snapshot().problems).toEqual([
      'coin(a): backend "vm" has settled 1 line of metrics more than were appended for it',
    ]);
  });
});
