/** Lines on their way to one file, one after the other in `text`; `lengths[i]` is that of line `i` with its final `\n`. */
export interface LogLines {
  readonly lengths: Uint32Array;
  readonly text: Buffer;
}

/** Lines that one monitor emitted, or (without a monitor) a warning that no ledger counts. */
export interface OwnedLines extends LogLines {
  readonly monitor: string | undefined;
}

/** Puts lines together in their order; a single part is not copied. */
export function joinLines(parts: readonly LogLines[]): LogLines {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const lengths = new Uint32Array(parts.reduce((sum, part) => sum + part.lengths.length, 0));
  let count = 0;
  for (const part of parts) {
    lengths.set(part.lengths, count);
    count += part.lengths.length;
  }
  return { lengths, text: Buffer.concat(parts.map((part) => part.text)) };
}

/** Consecutive lines by their number and size. */
export interface Run {
  readonly count: number;
  readonly bytes: number;
}

/** How many lines, from line `first` on, fit whole into `room` bytes. */
export function linesWithin(lengths: Uint32Array, first: number, room: number): Run {
  let count = 0;
  let bytes = 0;
  for (let line = first; line < lengths.length; line++) {
    const length = lengths[line] ?? 0;
    if (bytes + length > room) break;
    bytes += length;
    count += 1;
  }
  return { count, bytes };
}
