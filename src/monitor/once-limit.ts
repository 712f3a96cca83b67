/** Most keys remembered; beyond it the one that was let through longest ago is forgotten. */
const REMEMBERED_KEYS = 10_000;

/** Lets a thing through at most once in a while, for each key by itself. */
export class OnceLimit {
  readonly #letThroughMs = new Map<string, number>();

  /** True at most once in `secs` seconds of wall clock for the same `key`; a clock set back lets it through. */
  allows(key: string, { secs, nowMs }: { readonly secs: number; readonly nowMs: number }): boolean {
    const before = this.#letThroughMs.get(key);
    if (before !== undefined && nowMs >= before && nowMs - before < secs * 1000) return false;
    this.#letThroughMs.delete(key);
    this.#letThroughMs.set(key, nowMs);
    if (this.#letThroughMs.size > REMEMBERED_KEYS) this.#forgetOldest();
    return true;
  }

  #forgetOldest(): void {
    for (const key of this.#letThroughMs.keys()) {
      this.#letThroughMs.delete(key);
      return;
    }
  }
}
