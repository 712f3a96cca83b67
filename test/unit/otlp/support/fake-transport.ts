import type { Signal } from '../../../../src/metric-line/line-block.ts';
import type { SendOutcome } from '../../../../src/otlp/send-outcome.ts';
import type { EncodedRequest, Transport } from '../../../../src/otlp/transport.ts';

export const ACCEPTED: SendOutcome = { kind: 'accepted', rejectedItems: 0, message: '' };
export const BUSY: SendOutcome = { kind: 'retry', reason: 'HTTP 503 Service Unavailable' };
export const BAD: SendOutcome = { kind: 'refused', status: 400, reason: 'HTTP 400 Bad Request: bad point' };

/** Decides about a request that holds `items`: `name=value` of each point, or the body of each log record. */
export type Decide = (items: readonly string[], signal: Signal) => SendOutcome | Promise<SendOutcome>;

/** A backend without a network. Requests must be JSON, not compressed. */
export class FakeTransport implements Transport {
  /** Items of each request, whatever was decided about it. */
  readonly requests: string[][] = [];
  /** Items of the requests that were accepted, in their order. */
  readonly accepted: string[] = [];
  isClosed = false;
  decide: Decide;

  constructor(decide: Decide = () => ACCEPTED) {
    this.decide = decide;
  }

  async send(request: EncodedRequest, signal: AbortSignal): Promise<SendOutcome> {
    const items = itemsOf(request);
    this.requests.push(items);
    const outcome = await orAborted(this.decide(items, request.signal), signal);
    if (outcome.kind === 'accepted') this.accepted.push(...items);
    return outcome;
  }

  close(): void {
    this.isClosed = true;
  }
}

/** An answer that never comes. */
export function silence(): Promise<SendOutcome> {
  return new Promise(() => {});
}

function orAborted(outcome: SendOutcome | Promise<SendOutcome>, signal: AbortSignal): Promise<SendOutcome> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve({ kind: 'retry', reason: 'stopped' });
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(outcome)
      .finally(() => signal.removeEventListener('abort', abort))
      .then(resolve, reject);
  });
}

interface Metrics {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly gauge: { readonly dataPoints: readonly { readonly asDouble: number }[] };
      }[];
    }[];
  }[];
}

interface Logs {
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly {
      readonly logRecords: readonly { readonly body: { readonly stringValue: string } }[];
    }[];
  }[];
}

function itemsOf(request: EncodedRequest): string[] {
  const json: unknown = JSON.parse(Buffer.from(request.body).toString());
  if (request.signal === 'metrics') {
    return (json as Metrics).resourceMetrics
      .flatMap((resource) => resource.scopeMetrics)
      .flatMap((scope) => scope.metrics)
      .flatMap(({ name, gauge }) => gauge.dataPoints.map((point) => `${name}=${point.asDouble}`));
  }
  return (json as Logs).resourceLogs
    .flatMap((resource) => resource.scopeLogs)
    .flatMap((scope) => scope.logRecords)
    .map((record) => record.body.stringValue);
}
