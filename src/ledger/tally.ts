import type { Counts } from './counts.ts';

/** Counts that grow: how many lines of each monitor. */
export class Tally {
  readonly #counts: Map<string, number>;

  constructor(initial: Counts = {}) {
    this.#counts = new Map(Object.entries(initial));
  }

  get(monitor: string): number {
    return this.#counts.get(monitor) ?? 0;
  }

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  add(monitor: string, count: number): void {
    const sum = this.get(monitor) + count;
    if (sum === 0) this.#counts.delete(monitor);
    else this.#counts.set(monitor, sum);
  }

  addAll(counts: Counts): void {
    for (const [monitor, count] of Object.entries(counts)) this.add(monitor, count);
  }

  subtractAll(counts: Counts): void {
    for (const [monitor, count] of Object.entries(counts)) this.add(monitor, -count);
  }

  /** Makes the count of `monitor` at least `count`. */
  raise(monitor: string, count: number): void {
    if (count > this.get(monitor)) this.#counts.set(monitor, count);
  }

  /** Makes every count at least what `counts` says. */
  raiseAll(counts: Counts): void {
    for (const [monitor, count] of Object.entries(counts)) this.raise(monitor, count);
  }

  /** How many lines `counts` has more, for the monitors where it has more. */
  behind(counts: Counts): Counts {
    const ahead = Object.entries(counts).filter(([monitor, count]) => count > this.get(monitor));
    return Object.fromEntries(ahead.map(([monitor, count]) => [monitor, count - this.get(monitor)]));
  }

  clear(): void {
    this.#counts.clear();
  }

  toCounts(): Counts {
    return Object.fromEntries(this.#counts);
  }
}

/** Lines of all monitors together. */
export function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
