/**
 * When what was written is made to survive a power loss: `interval`, within a second; `always`, before it counts as
 * written; `never`, when the system pleases. Kill -9 costs nothing with any of them.
 */
export type FsyncPolicy = 'interval' | 'always' | 'never';
