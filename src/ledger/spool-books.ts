import { SIGNALS } from '../metric-line/line-block.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Counts } from './counts.ts';
import { Tally } from './tally.ts';

/** Lines ever appended to each spool; a signal without a spool is absent. */
export type SpoolBooks = Readonly<Partial<Record<Signal, Counts>>>;

/** Lines that `later` has more than `earlier`, in the spools that both know. */
export function growth(earlier: SpoolBooks, later: SpoolBooks): Counts {
  const grown = new Tally();
  for (const signal of SIGNALS) {
    const before = earlier[signal];
    const after = later[signal];
    if (before !== undefined && after !== undefined) grown.addAll(new Tally(before).behind(after));
  }
  return grown.toCounts();
}
