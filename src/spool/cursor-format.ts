import { crc32 } from 'node:zlib';
import type { Counts } from '../ledger/counts.ts';
import { settledCounts } from '../ledger/settled-lines.ts';
import type { SettledByMonitor } from '../ledger/settlement.ts';
import { Tally } from '../ledger/tally.ts';
import type { Position } from './position.ts';

/** Where one backend stands in one spool. */
export interface CursorState {
  /** Every line before this is settled. */
  readonly position: Position;
  /** Lines of each monitor that had been appended when the cursor was made: the backend answers for those after them. */
  readonly since: Counts;
  /** How the lines after `since` were settled. */
  readonly settled: SettledByMonitor;
}

/** A cursor with the number of its write: of two, the one with the higher number counts. */
export interface NumberedCursor {
  readonly sequence: number;
  readonly state: CursorState;
}

/** Lines of each monitor that were appended before the cursor's position. */
export function appendedBefore(state: CursorState): Counts {
  const before = new Tally(state.since);
  before.addAll(settledCounts(state.settled));
  return before.toCounts();
}

/** One line with version, length and checksum, then JSON of that length; what comes after it means nothing. */
export function encodeCursor(cursor: NumberedCursor): Buffer {
  const json = Buffer.from(`${JSON.stringify(cursor)}\n`);
  const head = `scalyr-otel cursor 1 ${json.length} ${checksum(json)}\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), json]);
}

/** Undefined when `bytes` are not a whole cursor. */
export function decodeCursor(bytes: Buffer): NumberedCursor | undefined {
  const headEnd = bytes.indexOf('\n') + 1;
  const head = /^scalyr-otel cursor 1 (\d+) ([0-9a-f]{8})\n$/.exec(bytes.toString('latin1', 0, headEnd));
  if (head === null) return undefined;
  const json = bytes.subarray(headEnd, headEnd + Number(head[1]));
  if (json.length !== Number(head[1]) || checksum(json) !== head[2]) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the checksum says that encodeCursor wrote it
  return JSON.parse(json.toString()) as NumberedCursor;
}

/** Names of the two files of a backend's cursor. */
export function cursorNames(backend: string): readonly [string, string] {
  const name = encodeURIComponent(backend);
  return [`${name}.a.cursor`, `${name}.b.cursor`];
}

/** The backend that the file `name` belongs to, or undefined for a file of another kind. */
export function cursorBackend(name: string): string | undefined {
  const encoded = /^(.+)\.[ab]\.cursor$/.exec(name)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

function checksum(json: Buffer): string {
  return crc32(json).toString(16).padStart(8, '0');
}
