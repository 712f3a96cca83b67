import type { Counts } from './counts.ts';
import { SPOOLS } from './stored-ledger.ts';
import type { SpoolBooks } from './stored-ledger.ts';
import { Tally } from './tally.ts';

/** Lines that `later` has more than `earlier`, in the spools that both know. */
export function spoolGrowth(earlier: SpoolBooks, later: SpoolBooks): Counts {
  const grown = new Tally();
  for (const signal of SPOOLS) {
    const before = earlier[signal];
    const after = later[signal];
    if (before !== undefined && after !== undefined) grown.addAll(new Tally(before).behind(after));
  }
  return grown.toCounts();
}
