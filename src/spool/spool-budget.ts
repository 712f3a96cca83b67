/** A spool as the budget sees it. */
export interface BudgetMember {
  /** Bytes on disk, those about to be written included. */
  readonly sizeBytes: number;
  /** There is a segment that is not being written. */
  readonly canEvict: boolean;
  /** Deletes the oldest segment; the books are changed before this returns its promise. */
  evictOldest(): Promise<void>;
}

/** The size cap that the spools of one collector share. */
export class SpoolBudget {
  readonly maxBytes: number;
  readonly #members = new Set<BudgetMember>();

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  join(member: BudgetMember): void {
    this.#members.add(member);
  }

  leave(member: BudgetMember): void {
    this.#members.delete(member);
  }

  get exceeded(): boolean {
    let total = 0;
    for (const member of this.#members) total += member.sizeBytes;
    return total > this.maxBytes;
  }

  /** Evicts oldest segments, the largest spool first, until the cap holds or nothing is left to evict. */
  async enforce(): Promise<void> {
    while (this.exceeded) {
      const victim = this.#largest();
      if (victim === undefined) return;
      await victim.evictOldest();
    }
  }

  #largest(): BudgetMember | undefined {
    let largest: BudgetMember | undefined;
    for (const member of this.#members) {
      if (member.canEvict && member.sizeBytes > (largest?.sizeBytes ?? -1)) largest = member;
    }
    return largest;
  }
}
