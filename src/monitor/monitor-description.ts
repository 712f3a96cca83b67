/** What a monitor says about itself once it is initialized; travels from the host to the collector as plain data. */
export interface MonitorDescription {
  /** First sentence of the class's documentation, or the class name. */
  readonly description: string;
  /** True when the class overrides run(). */
  readonly drivesItself: boolean;
  /** The monitor switched itself off in initialize. */
  readonly disabled: boolean;
  readonly sampleIntervalSecs: number;
  readonly metricLog: MetricLogRequest;
  readonly metrics: readonly MetricDefinition[];
  /** What it runs on and why, where that is not the collector itself, for people. */
  readonly runtime?: string;
}

/** What a monitor wants of its metric log. */
export interface MetricLogRequest {
  /** `log_config.path`: relative to agent_log_path unless absolute. */
  readonly path: string;
  /** Bytes per second that the leaky bucket lets through; negative switches the limit off. */
  readonly writeRate: number;
  /** Size of the bucket in characters; negative switches the limit off. */
  readonly maxWriteBurst: number;
  /** Seconds that lines may wait before they are written to the file; 0 writes each at once. */
  readonly flushDelaySecs: number;
  /** Overrides of the global rotation. */
  readonly rotationMaxBytes?: number;
  readonly rotationBackupCount?: number;
}

/** A metric declared with defineMetric. */
export interface MetricDefinition {
  readonly name: string;
  readonly description: string;
  readonly unit?: string;
  readonly cumulative: boolean;
}
