/** What is not as it stands in the journal, or not there at all. */
export type Loss = 'cut' | 'tooLong' | 'unreadable';

/** How each of them is told. */
const REPORTS: Readonly<Record<Loss, (count: number) => string>> = {
  cut: (count) => `Cut off what was too long in ${entries(count)} of the journal; the journal has all of it`,
  tooLong: (count) => `Left out ${entries(count)} of the journal that took more than 8 MiB`,
  unreadable: (count) =>
    `Left out ${entries(count)} of the journal that cannot be read: is it journalctl that writes them?`,
};

/** Counts losses until they are told. */
export class Losses {
  readonly #counts = new Map<Loss, number>();

  add(loss: Loss, count = 1): void {
    if (count > 0) this.#counts.set(loss, (this.#counts.get(loss) ?? 0) + count);
  }

  /** A text for each kind of loss since the last time. */
  tell(): string[] {
    const texts = Array.from(this.#counts, ([loss, count]) => REPORTS[loss](count));
    this.#counts.clear();
    return texts;
  }
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
