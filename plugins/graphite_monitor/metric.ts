/** A value as a sender gave it. */
export interface Metric {
  readonly name: string;
  /** NaN and the infinities included. */
  readonly value: number;
  /** Seconds since the Unix epoch, fractions included; -1: now. */
  readonly timeSecs: number;
}

/** A longer one is no name: a pickle can name the same long text thousands of times in a few bytes. */
export const LONGEST_NAME = 4096;
