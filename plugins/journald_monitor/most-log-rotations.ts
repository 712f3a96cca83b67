/** Most old files that the collector keeps of a metric log: when a new one is started, all of them are renamed. */
export const MOST_LOG_ROTATIONS = 1000;
