import { join } from 'node:path';
import type { Counts } from '../ledger/counts.ts';
import { Tally, totalOf } from '../ledger/tally.ts';
import type { Logger } from '../log/logger.ts';
import { segmentName, segmentNumber, unknownVersion } from './segment-format.ts';
import type { SegmentHeader } from './segment-format.ts';
import { readSegmentHeader, SegmentReader } from './segment-reader.ts';
import { withFile } from './spool-files.ts';
import type { SpoolFiles } from './spool-files.ts';

/** A segment that is not written any more. */
export interface SealedSegment {
  readonly number: number;
  readonly size: number;
}

export interface RecoveredSpool {
  /** Oldest first. */
  readonly segments: readonly SealedSegment[];
  /** Lines of each monitor that the segments know to have been appended. */
  readonly appended: Tally;
}

export interface Recovery {
  readonly folder: string;
  readonly files: SpoolFiles;
  readonly logger: Logger;
}

/**
 * Reads the books of the segments in a folder and cuts off a write that never finished. Rejects when a segment was
 * written by a later version or cannot be read.
 */
export async function recoverSpool(recovery: Recovery): Promise<RecoveredSpool> {
  const found = await findSegments(recovery);
  const appended = new Tally();
  const newestSound = found.findLastIndex((segment) => segment.header !== undefined);
  const segments: SealedSegment[] = [];
  for (const [index, segment] of found.entries()) {
    const isLast = index === found.length - 1;
    if (index < newestSound) segments.push(segment);
    else segments.push(...(await recoverSegment(recovery, segment, { appended, isLast })));
  }
  return { segments, appended };
}

interface FoundSegment extends SealedSegment {
  /** Undefined when it is damaged. */
  readonly header: SegmentHeader | undefined;
  readonly headerBytes: number;
}

async function findSegments(recovery: Recovery): Promise<FoundSegment[]> {
  const names = await recovery.files.list(recovery.folder);
  const numbers = names.map(segmentNumber).filter((number) => number !== undefined);
  const found: FoundSegment[] = [];
  for (const number of numbers.sort((a, b) => a - b)) found.push(await inspect(recovery, number));
  return found;
}

async function inspect({ folder, files }: Recovery, number: number): Promise<FoundSegment> {
  const path = join(folder, segmentName(number));
  return withFile(files, { path, mode: 'read' }, async (file) => {
    const size = await file.size();
    const header = await readSegmentHeader(file);
    if (header.kind === 'damaged') return { number, size, header: undefined, headerBytes: 0 };
    if (header.kind === 'header') return { number, size, header: header.header, headerBytes: header.bytes };
    throw new Error(`Cannot open the spool segment "${path}": ${unknownVersion(header.version)}`);
  });
}

/** Counts the records of a segment; cuts the last one behind them, or removes it when it has nothing. */
async function recoverSegment(
  recovery: Recovery,
  segment: FoundSegment,
  { appended, isLast }: { readonly appended: Tally; readonly isLast: boolean },
): Promise<SealedSegment[]> {
  const { folder, files } = recovery;
  const path = join(folder, segmentName(segment.number));
  appended.raiseAll(segment.header?.appended ?? {});
  const end = await countRecords(files, path, { from: segment.headerBytes, appended });
  if (!isLast) return [segment];
  if (end === 0) {
    await removeEmpty(recovery, path, segment.size);
    return [];
  }
  if (end < segment.size) await cut(recovery, { path, size: segment.size, end });
  return [{ number: segment.number, size: end }];
}

/** Raises `appended` to what the records say; returns the byte after the last sound record. */
async function countRecords(
  files: SpoolFiles,
  path: string,
  { from, appended }: { readonly from: number; readonly appended: Tally },
): Promise<number> {
  return withFile(files, { path, mode: 'read' }, async (file) => {
    const reader = new SegmentReader(file, from);
    let end = from;
    for (;;) {
      const scanned = await reader.next();
      if (scanned === undefined) return end;
      appended.raise(scanned.record.monitor, scanned.record.before + scanned.record.count);
      end = scanned.end;
    }
  });
}

async function removeEmpty({ files, logger }: Recovery, path: string, bytes: number): Promise<void> {
  logger.warn(`The spool segment "${path}" was never finished and is removed`, { bytes });
  await files.remove(path).catch((error: unknown) => {
    logger.warn(`Cannot remove the spool segment "${path}"`, { error });
  });
}

async function cut(
  { files, logger }: Recovery,
  { path, size, end }: { readonly path: string; readonly size: number; readonly end: number },
): Promise<void> {
  const bytes = size - end;
  logger.warn(`The last write to the spool segment "${path}" was never finished; ${bytes} bytes are cut off`);
  try {
    await withFile(files, { path, mode: 'update' }, (file) => file.truncate(end));
  } catch (error) {
    logger.warn(`Cannot cut the spool segment "${path}"; readers leave the bytes out`, { error });
  }
}

/** Says by how much the disk is behind what others know to have been appended, and takes their word. */
export function takeFloor(recovered: RecoveredSpool, floor: Counts, { folder, logger }: Recovery): void {
  const lines = totalOf(recovered.appended.behind(floor));
  if (lines === 0) return;
  logger.warn(
    `The spool "${folder}" has lost lines, as after a power loss; backends that lack them count them as corrupted`,
    { lines },
  );
  recovered.appended.raiseAll(floor);
}
