/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** Something failed while running. */
  failure: 1,
  /** The command line or the configuration is bad; nothing was started. */
  usage: 2,
} as const;
