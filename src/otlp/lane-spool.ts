import type { Clock } from '../clock/clock.ts';
import type { SpoolSettings } from '../config/configuration.ts';
import type { Counts } from '../ledger/counts.ts';
import type { Logger } from '../log/logger.ts';
import { CursorFile } from '../spool/cursor-file.ts';
import type { StoredCursor } from '../spool/cursor-file.ts';
import { appendedBefore } from '../spool/cursor-format.ts';
import type { CursorState } from '../spool/cursor-format.ts';
import type { Position } from '../spool/position.ts';
import type { SpoolReader } from '../spool/spool-contract.ts';
import { openSpoolReader } from '../spool/spool-reader.ts';

/** What a lane needs of its spool. */
export interface LaneSpool {
  /** Where the lane starts. */
  readonly cursor: CursorState;
  /** Reads on from `cursor`, which may be further than what is on the disk. */
  openReader(cursor: CursorState): SpoolReader;
  /** Makes `cursor` survive kill -9, in one atomic write. Should it not work, a later commit holds it all again. */
  commit(cursor: CursorState): Promise<void>;
  close(): Promise<void>;
}

/** A spool as its writer knows it when the delivery starts; plain data. */
export interface SpoolState {
  readonly folder: string;
  readonly fsync: SpoolSettings['fsync'];
  readonly end: Position;
  readonly appended: Counts;
}

/** Whose cursor is wanted. */
export interface LaneSpoolOptions {
  readonly backend: string;
  readonly spool: SpoolState;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Opens a backend's cursor in a spool. A backend that is new starts at the end of the spool; one whose cursor is damaged
 * gets everything that is there once more.
 */
export async function openLaneSpool(options: LaneSpoolOptions): Promise<LaneSpool> {
  const { backend, spool, clock, logger } = options;
  const { folder, fsync } = spool;
  const file = await CursorFile.open({ folder, backend, fsync, clock, logger });
  if (file.stored.kind === 'damaged') {
    logger.error(
      `The cursor of backend "${backend}" in "${folder}" is damaged; all that is there is sent again`,
      {
        backend,
      },
    );
  }
  const cursor = startingCursor(file.stored, spool);
  if (file.stored.kind !== 'stored') await file.commit(cursor);
  return {
    cursor,
    openReader: (from) =>
      openSpoolReader({ folder, position: from.position, appended: appendedBefore(from), logger }),
    commit: (state) => file.commit(state),
    close: () => file.close(),
  };
}

function startingCursor(stored: StoredCursor, spool: SpoolState): CursorState {
  if (stored.kind === 'stored') return stored.state;
  if (stored.kind === 'missing') return { position: spool.end, since: spool.appended, settled: {} };
  return { position: { segment: 0, offset: 0 }, since: {}, settled: {} };
}
