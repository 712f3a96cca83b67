import type { Clock } from '../clock/clock.ts';
import type { SpoolSettings } from '../config/configuration.ts';
import type { Logger } from '../log/logger.ts';
import { CursorFile } from '../spool/cursor-file.ts';
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
  /** Where each backend stands, by its name: what `prepareCursor` returned. */
  readonly cursors: Readonly<Record<string, CursorState>>;
}

/** Whose cursor is wanted. */
export interface LaneSpoolOptions {
  readonly backend: string;
  readonly spool: SpoolState;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Opens a backend's cursor in a spool. What the file says goes before what the caller knows, because a delivery that is
 * started again has committed since. Rejects when there is no cursor or it cannot be opened.
 */
export async function openLaneSpool(options: LaneSpoolOptions): Promise<LaneSpool> {
  const { backend, spool, clock, logger } = options;
  const { folder, fsync } = spool;
  const file = await CursorFile.open({ folder, backend, fsync, clock, logger });
  const cursor = file.stored.kind === 'stored' ? file.stored.state : spool.cursors[backend];
  if (cursor === undefined) {
    await file.close();
    throw new Error(`Backend "${backend}" has no cursor in the spool "${folder}"`);
  }
  return {
    cursor,
    openReader: (from) =>
      openSpoolReader({ folder, position: from.position, appended: appendedBefore(from), logger }),
    commit: (state) => file.commit(state),
    close: () => file.close(),
  };
}
