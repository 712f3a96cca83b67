/** Lines for each monitor, keyed by the monitor's name `module(id)`. Never negative, never a fraction. */
export type Counts = Readonly<Record<string, number>>;
