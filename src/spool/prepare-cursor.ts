import { join } from 'node:path';
import type { Counts } from '../ledger/counts.ts';
import { Tally } from '../ledger/tally.ts';
import { errorCode } from '../log/error-code.ts';
import { CursorFile, readCursor } from './cursor-file.ts';
import type { CursorFileOptions } from './cursor-file.ts';
import { appendedBefore, cursorNames } from './cursor-format.ts';
import type { CursorState } from './cursor-format.ts';
import { listCursors } from './cursor-list.ts';
import { nodeFiles } from './node-files.ts';
import { segmentName, segmentNumber } from './segment-format.ts';
import { readSegmentHeader } from './segment-reader.ts';
import type { SpoolWriter } from './spool-contract.ts';
import { withFile } from './spool-files.ts';
import type { SpoolFiles } from './spool-files.ts';

/**
 * Makes sure that the cursor of a backend is there, and returns it. A new backend starts at the end of the spool; one
 * whose cursor is damaged at its start, so that its lines are delivered again rather than not at all. To be called for
 * each configured backend after the spool is opened and before the first append.
 */
export async function prepareCursor(options: CursorFileOptions, spool: SpoolWriter): Promise<CursorState> {
  const { folder, backend, logger, files = nodeFiles } = options;
  const stored = await readCursor(folder, backend, files);
  if (stored.kind === 'stored') return stored.state;
  const end: CursorState = { position: spool.end, since: spool.appended, settled: {} };
  const state = stored.kind === 'missing' ? end : ((await oldestReadable(folder, files)) ?? end);
  if (stored.kind === 'damaged') {
    const message = `The cursor of "${backend}" in "${folder}" is damaged; all lines in the spool are delivered to it again`;
    logger.error(message, { backend });
  }
  const cursor = await CursorFile.open(options);
  await cursor.commit(state);
  await cursor.close();
  return state;
}

/** A cursor that was removed because nobody delivers to its backend any more. */
export interface RemovedCursor {
  readonly backend: string;
  /** Lines that wait in the spool and will not be delivered to it; undefined when its cursor was damaged. */
  readonly pending: Counts | undefined;
}

export interface KnownBackends {
  readonly folder: string;
  /** Names of the backends that are configured. */
  readonly backends: readonly string[];
  readonly files?: SpoolFiles;
}

/** Removes the cursors of backends that are not configured, so that they hold up no segment, and says what they miss. */
export async function removeUnknownCursors(
  { folder, backends, files = nodeFiles }: KnownBackends,
  spool: SpoolWriter,
): Promise<readonly RemovedCursor[]> {
  const removed: RemovedCursor[] = [];
  for (const { backend, stored } of await listCursors(folder, files)) {
    if (backends.includes(backend)) continue;
    for (const name of cursorNames(backend)) await removeIfThere(join(folder, name), files);
    const pending =
      stored.kind === 'stored' ? new Tally(appendedBefore(stored.state)).behind(spool.appended) : undefined;
    removed.push({ backend, pending });
  }
  return removed;
}

/** A cursor at the start of the oldest segment whose books can be read. */
async function oldestReadable(folder: string, files: SpoolFiles): Promise<CursorState | undefined> {
  const numbers = (await files.list(folder)).map(segmentNumber).filter((number) => number !== undefined);
  for (const segment of numbers.sort((a, b) => a - b)) {
    const path = join(folder, segmentName(segment));
    const header = await withFile(files, { path, mode: 'read' }, readSegmentHeader);
    if (header.kind !== 'header') continue;
    return { position: { segment, offset: 0 }, since: header.header.appended, settled: {} };
  }
  return undefined;
}

async function removeIfThere(path: string, files: SpoolFiles): Promise<void> {
  await files.remove(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}
