import { addSettled } from '../ledger/settled-lines.ts';
import { SETTLEMENTS } from '../ledger/settlement.ts';
import type { SettledByMonitor, Settlement } from '../ledger/settlement.ts';

/** Counts lines by monitor and settlement; what is zero is absent. */
export class SettledSum {
  readonly #sum: SettledByMonitor;

  constructor(start: SettledByMonitor = {}) {
    this.#sum = structuredClone(start);
  }

  add(monitor: string, settlement: Settlement, count: number): void {
    if (count !== 0) addSettled((this.#sum[monitor] ??= {}), { [settlement]: count }, [settlement]);
  }

  addAll(more: SettledByMonitor): void {
    for (const [monitor, settled] of Object.entries(more)) {
      addSettled((this.#sum[monitor] ??= {}), settled, SETTLEMENTS);
    }
  }

  /** A copy that does not change any more. */
  get value(): SettledByMonitor {
    return structuredClone(this.#sum);
  }
}
