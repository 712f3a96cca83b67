import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLedger, writeLedger } from '../../../src/ledger/ledger-file.ts';
import type { StoredLedger } from '../../../src/ledger/stored-ledger.ts';
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

  it('keeps the older ledger when the new one cannot be written', async () => {
    const path = join(temporaryFolder(), 'ledger.json');
    await writeLedger(path, ledgerOf(5));
    mkdirSync(`${path}.tmp`);

    await expect(writeLedger(path, ledgerOf(6))).rejects.toThrow('EISDIR');
    expect(await readLedger(path, new RecordingLogger())).toEqual(ledgerOf(5));
  });
});
