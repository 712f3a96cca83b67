/** How much one monitor may write to its metric log. */
export interface RateLimit {
  /** Characters that may be written at once, when nothing was written for a while: `monitor_log_max_write_burst`. */
  readonly maxWriteBurst: number;
  /** Characters a second: `monitor_log_write_rate`. */
  readonly writeRate: number;
}

/** What becomes of one line. */
export type Verdict =
  | { readonly kind: 'accepted' }
  /** Accepted, and `warning` goes before it: lines before it were dropped. Its characters are charged already. */
  | { readonly kind: 'accepted-after-drops'; readonly warning: string }
  | { readonly kind: 'dropped' };

const ACCEPTED: Verdict = { kind: 'accepted' };
const DROPPED: Verdict = { kind: 'dropped' };

/** Either number negative: no limit. */
export function isLimited(limit: RateLimit): boolean {
  return limit.maxWriteBurst >= 0 && limit.writeRate >= 0;
}

/**
 * The Scalyr agent's limit on a metric log: a bucket of `maxWriteBurst` characters that leaks `writeRate` a second.
 *
 * A line is charged its characters without the final line break. The first line after dropped ones must fit together
 * with the warning that says how many there were; where the bucket is too small for both at any time, the line is
 * accepted when the bucket is empty, so that a small bucket is slow but never shut.
 */
export class RateLimiter {
  readonly #limit: RateLimit;
  #level = 0;
  #atMs = 0;
  #dropped = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Charges a line of so many characters at `nowMs` of the monotonic clock. */
  offer(characters: number, nowMs: number): Verdict {
    this.#leak(nowMs);
    if (!this.#fits(characters)) return this.#drop();
    if (this.#dropped === 0) {
      this.#level += characters;
      return ACCEPTED;
    }
    const warning = skippedWarning(this.#dropped);
    const isEmpty = this.#level < 1;
    if (!this.#fits(characters + warning.length) && !isEmpty) return this.#drop();
    this.#level += characters + warning.length;
    this.#dropped = 0;
    return { kind: 'accepted-after-drops', warning };
  }

  #fits(characters: number): boolean {
    return this.#level + characters <= this.#limit.maxWriteBurst;
  }

  #drop(): Verdict {
    this.#dropped += 1;
    return DROPPED;
  }

  #leak(nowMs: number): void {
    const leaked = ((nowMs - this.#atMs) / 1000) * this.#limit.writeRate;
    this.#level = Math.max(0, this.#level - leaked);
    this.#atMs = nowMs;
  }
}

/** The agent's own words, which readers of metric logs look for. */
function skippedWarning(count: number): string {
  return `.... Warning, skipped writing ${count} log lines due to limit set by \`monitor_log_write_rate\` option...`;
}
