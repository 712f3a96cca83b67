/** The first retry comes within this time; the bound doubles with each further one. */
const FIRST_BOUND_MS = 1_000;
/** Between two tries there is never more time than this, unless the backend asks for more. */
export const MAX_BACK_OFF_MS = 60_000;

/**
 * Milliseconds to wait before retry number `attempt` (from 0): exponential with full jitter, so that many collectors
 * that lost the same backend do not come back at the same moment. `random` gives a number in [0, 1).
 */
export function backOffMs(attempt: number, random: () => number): number {
  const bound = Math.min(MAX_BACK_OFF_MS, FIRST_BOUND_MS * 2 ** Math.min(attempt, 30));
  return Math.floor(bound * random());
}
