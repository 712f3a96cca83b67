/** Numbers that only grow while a process lives. */
export type Counters = Readonly<Record<string, number | undefined>>;

/** The counters of one process at one time. */
export interface CountersOf {
  readonly pid: number;
  /** Ticks since the machine started; tells a process from a later one with the same pid. */
  readonly startedAt: number;
  readonly counters: Counters;
}

/**
 * Sums over processes that come and go, from the first sample on: a process that ends takes nothing away, one that
 * started since the sample before counts from its start, and one that is merely new to the monitor from now on.
 */
export class GrowingTotals {
  readonly #totals = new Map<string, number>();
  #before = new Map<string, Counters>();
  #lastAt: number | undefined;

  /** Takes the counters of all processes at the time `now`, in ticks since the machine started. */
  add(processes: readonly CountersOf[], now: number): ReadonlyMap<string, number> {
    const current = new Map<string, Counters>();
    for (const { pid, startedAt, counters } of processes) {
      const process = `${pid} ${startedAt}`;
      const isNew = this.#lastAt !== undefined && startedAt >= this.#lastAt;
      const before = this.#before.get(process) ?? (isNew ? {} : counters);
      for (const [name, value] of Object.entries(counters)) {
        if (value !== undefined) this.#grow(name, value - (before[name] ?? (isNew ? 0 : value)));
      }
      current.set(process, counters);
    }
    this.#before = current;
    this.#lastAt = now;
    return this.#totals;
  }

  #grow(name: string, by: number): void {
    this.#totals.set(name, (this.#totals.get(name) ?? 0) + Math.max(0, by));
  }
}
