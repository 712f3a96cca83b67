/**
 * A place between two records of a spool. `segment` is the number of the segment file, `offset` the byte in it where the
 * next record starts.
 */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** Negative when `a` comes before `b`, zero when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  return a.segment - b.segment || a.offset - b.offset;
}
