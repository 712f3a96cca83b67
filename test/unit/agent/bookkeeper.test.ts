import { execFileSync } from 'node:child_process';
import { constants, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Bookkeeper } from '../../../src/agent/bookkeeper.ts';
import type { StoredLedger } from '../../../src/ledger/stored-ledger.ts';
import type { StatusSnapshot } from '../../../src/status/status-snapshot.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LEDGER: StoredLedger = { version: 1, monitors: {}, appended: {} };
const STATUS = { pid: 7 } as StatusSnapshot;

function keepBooks() {
  const folder = temporaryFolder();
  const paths = { ledger: path.join(folder, 'ledger.json'), status: path.join(folder, 'status.json') };
  const clock = new FakeClock();
  const ledger = vi.fn(() => LEDGER);
  const books = new Bookkeeper({ paths, clock, logger: new RecordingLogger(), ledger, status: () => STATUS });
  return { books, clock, ledger, paths };
}

describe('Bookkeeper', () => {
  it('writes the books at once, every five seconds, and at the end', async () => {
    const { books, clock, ledger, paths } = keepBooks();

    books.start();
    await vi.waitFor(() => expect(clock.pending).toEqual([5000]));
    await clock.advance(5000);
    await vi.waitFor(() => expect(clock.pending).toEqual([5000]));
    await books.stop();

    expect(ledger).toHaveBeenCalledTimes(3);
    expect(clock.pending).toEqual([]);
    expect(JSON.parse(readFileSync(paths.ledger, 'utf8'))).toEqual(LEDGER);
    expect(JSON.parse(readFileSync(paths.status, 'utf8'))).toEqual(STATUS);
  });

  it('waits for a disk that takes its time: two writes at once would spoil the file', async () => {
    const { books, clock, ledger, paths } = keepBooks();
    // Nobody can open a pipe for writing before somebody reads it.
    execFileSync('mkfifo', [`${paths.ledger}.tmp`]);

    books.start();
    await clock.advance(20_000);
    const reader = await open(`${paths.ledger}.tmp`, constants.O_RDONLY | constants.O_NONBLOCK);

    expect(ledger).toHaveBeenCalledTimes(1);
    await books.stop();
    await reader.close();
    expect(ledger).toHaveBeenCalledTimes(2);
  });
});
