import type { Signal } from '../metric-line/line-block.ts';
import type { SendOutcome } from './send-outcome.ts';

/** The body of one export request, ready to be sent as often as needed. */
export interface EncodedRequest {
  readonly signal: Signal;
  readonly body: Uint8Array;
  readonly contentType: 'application/x-protobuf' | 'application/json';
  readonly contentEncoding?: 'gzip';
}

/** The way to one backend. One request at a time. */
export interface Transport {
  /** Sends once and says what came of it; never rejects. Aborting `signal` ends it with the outcome `retry`. */
  send(request: EncodedRequest, signal: AbortSignal): Promise<SendOutcome>;
  /** Closes idle connections. */
  close(): void;
}
