import type { StoredBooks } from './stored-ledger.ts';

/** Counts of one monitor on its way to the metric log. */
export class MonitorBooks {
  emitted: number;
  written: number;
  rateLimited: number;
  failed: number;
  interrupted: number;

  constructor(stored: Partial<StoredBooks> = {}) {
    this.emitted = stored.emitted ?? 0;
    this.written = stored.written ?? 0;
    this.rateLimited = stored.rateLimited ?? 0;
    this.failed = stored.failed ?? 0;
    this.interrupted = stored.interrupted ?? 0;
  }

  /** Emitted, and not decided yet. Negative when the books are wrong. */
  get waiting(): number {
    return this.emitted - this.written - this.rateLimited - this.failed - this.interrupted;
  }
}
