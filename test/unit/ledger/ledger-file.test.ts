import { mkdirSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLedger, writeLedger } from '../../../src/ledger/ledger-file.ts';
import { LedgerKeeper } from '../../../src/ledger/ledger-keeper.ts';
import type { StoredLedger } from '../../../src/ledger/stored-ledger.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function ledgerOf(emitted: number): StoredLedger {
  const books = { emitted, written: emitted, rateLimited: 0, failed: 0, interrupted: 0 };
  return { version: 1, monitors: { 'coin(a)': books }, appended: { metrics: { 'coin(a)': emitted } } };
}

describe('the file of the ledger', () => {
  it('gives back what was written', async () => {
    const path = join(temporaryFolder(), 'ledger.json');
    await writeLedger(path, ledgerOf(5));

    expect(await readLedger(path, new RecordingLogger())).toEqual(ledgerOf(5));
  });

  it('is for nobody else to read, and has no draft beside it', async () => {
    const folder = temporaryFolder();
    await writeLedger(join(folder, 'ledger.json'), ledgerOf(5));

    expect(statSync(join(folder, 'ledger.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['ledger.json']);
  });

  it('is not there at first', async () => {
    const logger = new RecordingLogger();

    expect(await readLedger(join(temporaryFolder(), 'ledger.json'), logger)).toBeUndefined();
    expect(logger.records).toEqual([]);
  });

  it.each([
    '',
    '{"version":1',
    '[]',
    '{"version":2,"monitors":{},"appended":{}}',
    '{"version":1,"monitors":{"a":7}}',
  ])('begins a new ledger and says so when it holds %j', async (text) => {
    const path = join(temporaryFolder(), 'ledger.json');
    writeFileSync(path, text);
    const logger = new RecordingLogger();

    expect(await readLedger(path, logger)).toBeUndefined();
    expect(logger.messages('error')).toEqual([
      `The ledger "${path}" cannot be understood; counts of emitted and logged lines begin again at zero`,
    ]);
  });

  it('rejects when it cannot be read', async () => {
    await expect(readLedger(temporaryFolder(), new RecordingLogger())).rejects.toThrow('EISDIR');
  });
});

describe('keeping the ledger', () => {
  it('saves it when it is stopped', async () => {
    const path = join(temporaryFolder(), 'ledger.json');
    const logger = new RecordingLogger();
    const keeper = new LedgerKeeper({
      ledger: { toStored: () => ledgerOf(5) },
      path,
      clock: new FakeClock(),
      logger,
    });

    await keeper.stop();

    expect(await readLedger(path, logger)).toEqual(ledgerOf(5));
  });

  it('plans a save every five seconds until it is stopped', async () => {
    const path = join(temporaryFolder(), 'ledger.json');
    const clock = new FakeClock();
    const keeper = new LedgerKeeper({
      ledger: { toStored: () => ledgerOf(5) },
      path,
      clock,
      logger: new RecordingLogger(),
    });
    await clock.advance(12_000);

    expect(clock.pending).toEqual([3_000]);
    await keeper.stop();
    expect(clock.pending).toEqual([]);
  });

  it('says why it cannot be saved, and saves it later', async () => {
    const path = join(temporaryFolder(), 'ledger.json');
    mkdirSync(`${path}.tmp`);
    const logger = new RecordingLogger();
    const keeper = new LedgerKeeper({
      ledger: { toStored: () => ledgerOf(5) },
      path,
      clock: new FakeClock(),
      logger,
    });
    await keeper.stop();
    rmdirSync(`${path}.tmp`);
    await keeper.stop();

    expect(logger.messages('error')).toHaveLength(1);
    expect(logger.messages('error')[0]).toContain(`Cannot write the ledger "${path}": EISDIR`);
    expect(await readLedger(path, logger)).toEqual(ledgerOf(5));
  });
});
