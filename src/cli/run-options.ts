/** What `scalyr-otel run` was told. */
export interface RunOptions {
  readonly config: string;
  readonly logFormat: 'text' | 'json';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}
