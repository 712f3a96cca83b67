import type { Signal } from '../metric-line/line-block.ts';

/** The answer of a backend to one request, as far as it matters. */
export interface HttpAnswer {
  readonly status: number;
  /** Empty when there is none. */
  readonly contentType: string;
  readonly retryAfter?: string;
  readonly location?: string;
  /** At most the first 64 KiB. */
  readonly body: Uint8Array;
}

/** What the request was, where the answer does not say it by itself. */
export interface AnswerContext {
  readonly signal: Signal;
  readonly protocol: 'http/protobuf' | 'http/json';
  readonly nowMs: number;
}
