/*
 * File descriptors of a plugin's process, beside stdin (nothing), stdout and stderr (what the plugin prints). The
 * protocol is written down in docs/host-protocol.md.
 */

/** Metric lines, from the guest: frames as in line-frame.ts. */
export const LINES_FD = 3;

/** Messages both ways: JSON texts, each ending in a line feed. */
export const MESSAGES_FD = 4;

/** Carries nothing; it closes when the collector is gone, and then the guest and its children must go. */
export const LIFELINE_FD = 5;
