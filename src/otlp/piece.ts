import type { Signal } from '../metric-line/line-block.ts';
import type { EncodedRequest } from './transport.ts';

/** Lines of a batch that go into one request; may be divided. */
export interface Piece {
  readonly signal: Signal;
  /** Which lines of the batch they are. */
  readonly indexes: readonly number[];
  /** Rejects when one of the lines cannot be expressed in OTLP. */
  encode(): Promise<EncodedRequest>;
  slice(from: number, to: number): Piece;
}

/** Lines and how to make a request of them. */
export interface PieceContent<Line> {
  readonly signal: Signal;
  readonly indexes: readonly number[];
  readonly lines: readonly Line[];
  readonly encode: (lines: readonly Line[]) => Promise<EncodedRequest>;
}

export function makePiece<Line>(content: PieceContent<Line>): Piece {
  const { signal, indexes, lines, encode } = content;
  return {
    signal,
    indexes,
    encode: () => encode(lines),
    slice: (from, to) =>
      makePiece({ signal, indexes: indexes.slice(from, to), lines: lines.slice(from, to), encode }),
  };
}

/** Two halves, in order; the first is the smaller one when they differ. */
export function halve(piece: Piece): [Piece, Piece] {
  const { length } = piece.indexes;
  const middle = Math.floor(length / 2);
  return [piece.slice(0, middle), piece.slice(middle, length)];
}
