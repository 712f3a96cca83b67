/** Where a line goes on the OTLP side: numbers, booleans and null are metrics, text values and free text are logs. */
export type Signal = 'metrics' | 'logs';

export const SIGNALS: readonly Signal[] = ['metrics', 'logs'];

/**
 * Consecutive lines of one monitor, the currency between the stages: the core moves buffers, not objects.
 *
 * `text` holds `count` lines one after the other, each ending in `\n`; `lengths[i]` is the length in bytes of line `i`
 * with its final `\n`. A line may contain further line breaks, so only `lengths` says where it ends. `isLog[i]` is 1
 * for a line of the signal `logs`, 0 for `metrics`.
 */
export interface LineBlock {
  /** The ledger's name for the monitor instance: `module(id)`. */
  readonly monitor: string;
  readonly count: number;
  readonly lengths: Uint32Array;
  readonly isLog: Uint8Array;
  readonly text: Buffer;
}
