/** What became of lines on their way to the metric log. */
export interface MetricLogOutcome {
  readonly written: number;
  readonly rateLimited: number;
  readonly failed: number;
}

/**
 * Told what became of lines as soon as it is known: every line handed in is counted exactly once. With a flush delay
 * that is later than the write, so until then the line counts as waiting.
 */
export interface MetricLogLedger {
  metricLog(monitor: string, outcome: MetricLogOutcome): void;
}
