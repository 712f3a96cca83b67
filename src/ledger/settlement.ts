/** How a line left the spool, for one backend. Everything that is not `acknowledged` is a loss or a choice, by reason. */
export const SETTLEMENTS = [
  /** The backend said it has it. */
  'acknowledged',
  /** The backend refused it; it is in the dead-letter file, or the backend did not say which of a batch it was. */
  'rejected',
  /** The size cap of the spool evicted it before this backend had it. */
  'expired',
  /** It could not be written to the spool (disk full, read-only). */
  'unspooled',
  /** It was in a record whose checksum is wrong. */
  'corrupted',
  /** Skipped: null, the metric-log form of NaN and infinities, which OTLP does not carry. */
  'not_a_number',
  /** Skipped: a text value, where the configuration says `text: "drop"`. */
  'text_dropped',
  /** Skipped: the backend's `signals` do not include the one this line belongs to. */
  'signal_off',
] as const;

export type Settlement = (typeof SETTLEMENTS)[number];

/** Lines of one monitor by how they were settled. Absent means zero. */
export type Settled = Partial<Record<Settlement, number>>;

/** Settled lines of each monitor, keyed by its name `module(id)`. */
export type SettledByMonitor = Record<string, Settled>;
