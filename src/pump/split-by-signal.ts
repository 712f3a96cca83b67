import type { LineBlock, Signal } from '../metric-line/line-block.ts';

/** The lines of a block by where they go on the OTLP side; absent where there are none. The order is kept. */
export type BlockBySignal = Partial<Record<Signal, LineBlock>>;

/** Splits a block by signal. A block whose lines all go one way, the usual case, is passed on as it is. */
export function splitBySignal(block: LineBlock): BlockBySignal {
  const isLog = block.isLog.subarray(0, block.count);
  if (!isLog.includes(1)) return { metrics: block };
  if (!isLog.includes(0)) return { logs: block };
  return { metrics: select(block, 0), logs: select(block, 1) };
}

function select(block: LineBlock, wanted: 0 | 1): LineBlock {
  const parts: Buffer[] = [];
  const lengths: number[] = [];
  let offset = 0;
  for (let line = 0; line < block.count; line++) {
    const length = block.lengths[line] ?? 0;
    if (block.isLog[line] === wanted) {
      parts.push(block.text.subarray(offset, offset + length));
      lengths.push(length);
    }
    offset += length;
  }
  return {
    monitor: block.monitor,
    count: lengths.length,
    lengths: Uint32Array.from(lengths),
    isLog: new Uint8Array(lengths.length).fill(wanted),
    text: Buffer.concat(parts),
  };
}
