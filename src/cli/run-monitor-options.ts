/** Options of `scalyr-otel run-monitor`, checked. */
export interface RunMonitorOptions {
  readonly monitorPythonPath: string;
  readonly monitorConfig: string;
  readonly agentConfig?: string;
  readonly debugLevel: number;
  readonly monitorSampleInterval: number;
  readonly samples?: number;
  readonly otlp?: string;
  /** Seconds. */
  readonly otlpTimeout: number;
}
