/** How many of each kind of loss are told, and what to do about it. */
export type LossTexts<Kind extends string> = Readonly<Record<Kind, (count: number) => string>>;

/**
 * Counts what a monitor leaves out or changes of its input, until it is told: nothing is left out without being counted,
 * and a flood of bad input makes one message of each kind and not one for each piece.
 *
 *     const losses = new Losses({
 *       tooLong: (count) => `Left out ${count} of the letters, longer than max_length: raise it`,
 *     });
 *     losses.add('tooLong');
 *     while (!(await this.sleep(60))) for (const text of losses.tell()) this.logger.warn(text);
 */
export class Losses<Kind extends string> {
  readonly #texts: LossTexts<Kind>;
  readonly #counts = new Map<Kind, number>();

  constructor(texts: LossTexts<Kind>) {
    this.#texts = texts;
  }

  /** Counts `count` more losses of a kind; 0 is none. */
  add(kind: Kind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  /** A text for each kind of loss since the last time, in the order in which the kinds came. */
  tell(): string[] {
    const texts = Array.from(this.#counts, ([kind, count]) => this.#texts[kind](count));
    this.#counts.clear();
    return texts;
  }
}
