/** Options of `scalyr-otel receive`, checked. */
export interface ReceiveOptions {
  readonly port: number;
  readonly host: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly control?: boolean;
  readonly fail?: { readonly status: number; readonly requests?: number };
  readonly retryAfter?: number;
  readonly delay?: number;
  readonly reject?: string;
  readonly rejectWith: 'partial-success' | 'bad-request';
}
