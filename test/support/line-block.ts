import type { LineBlock } from '../../src/metric-line/line-block.ts';

/** A block of lines given without their final line break. Those that start with `log:` are of the signal logs. */
export function lineBlock(monitor: string, lines: readonly string[]): LineBlock {
  const parts = lines.map((line) => Buffer.from(`${line}\n`));
  return {
    monitor,
    count: lines.length,
    lengths: Uint32Array.from(parts.map((part) => part.length)),
    isLog: Uint8Array.from(lines.map((line) => (line.startsWith('log:') ? 1 : 0))),
    text: Buffer.concat(parts),
  };
}

/** The lines of blocks, without their final line breaks. */
export function linesOf(blocks: readonly LineBlock[]): string[] {
  return blocks.flatMap(({ count, lengths, text }) => {
    let offset = 0;
    return Array.from(lengths.subarray(0, count), (length) => {
      offset += length;
      return text.toString('utf8', offset - length, offset - 1);
    });
  });
}
