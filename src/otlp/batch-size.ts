/** So many full requests in a row must be taken before a larger one is tried again. */
const PATIENCE = 20;

/**
 * Lines that go into one request. A backend that finds a request too large (413) gets smaller ones, also next time; when
 * those go through for a while, the size doubles again, so one huge line does not slow delivery down for ever.
 */
export class BatchSize {
  readonly #max: number;
  #limit: number;
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
    this.#limit = max;
  }

  get limit(): number {
    return this.#limit;
  }

  /** A request with so many lines was too large. */
  tooLarge(lines: number): void {
    this.#limit = Math.max(1, Math.floor(lines / 2));
    this.#taken = 0;
  }

  /** A request with so many lines was not. */
  taken(lines: number): void {
    if (this.#limit === this.#max || lines < this.#limit) return;
    this.#taken++;
    if (this.#taken < PATIENCE) return;
    this.#limit = Math.min(this.#max, this.#limit * 2);
    this.#taken = 0;
  }
}
