import type { LineBlock } from '../metric-line/line-block.ts';

/** Where the lines of one monitor instance come from. */
export interface LineSource {
  /** The ledger's name for the monitor instance. */
  readonly monitor: string;
  /** Takes lines, at most about `maxBytes` of text; undefined when there are none now. Good until the next drain. */
  drain(maxBytes: number): LineBlock | undefined;
}
