import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import type { Signal } from '../metric-line/line-block.ts';
import { exportAnswer, statusAnswer, type Rejected } from './answer.ts';
import { bodyEncodingOf, CONTENT_TYPES, type BodyEncoding } from './body-encoding.ts';
import { decodeContent } from './decode-content.ts';
import type { MisbehaviourScript } from './misbehaviour-script.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { readBody, type BodyLimits } from './read-body.ts';
import type { ReceivedExport } from './received.ts';
import type { ReceivedStore } from './received-store.ts';
import { Refusal } from './refusal.ts';
import type { Reply } from './reply.ts';
import { selectRejected, type RejectRule } from './select-rejected.ts';
import { MalformedBody } from './wire/malformed-body.ts';
import { reasonOf } from './reason-of.ts';

/** What an export endpoint works with. */
export interface ExportSettings {
  readonly limits: BodyLimits;
  readonly decode: 'full' | 'count';
  readonly clock: Clock;
  readonly script: MisbehaviourScript;
  readonly store: ReceivedStore;
  readonly onExport: (received: ReceivedExport) => void | Promise<void>;
  /** Aborts when the receiver closes. */
  readonly closing: AbortSignal;
}

interface AcceptManner {
  readonly rejected?: Rejected;
  readonly trickleMs?: number | undefined;
}

const NOTHING_REJECTED: Rejected = { count: 0, message: '' };

/** The resource behind `/v1/metrics` or `/v1/logs`: takes an export and decides what the client is answered. */
export class ExportEndpoint {
  readonly #signal: Signal;
  readonly #settings: ExportSettings;

  constructor(signal: Signal, settings: ExportSettings) {
    this.#signal = signal;
    this.#settings = settings;
  }

  async handle(request: IncomingMessage): Promise<Reply> {
    let encoding: BodyEncoding = 'json';
    try {
      if (request.method !== 'POST') {
        throw new Refusal(405, `Cannot ${request.method} an export: wanted POST`, {
          headers: { Allow: 'POST' },
        });
      }
      encoding = bodyEncodingOf(request.headers['content-type']);
      const misbehaviour = this.#settings.script.next(this.#signal);
      const body = await readBody(request, this.#settings.limits);
      const decode = misbehaviour?.kind === 'reject' ? 'full' : this.#settings.decode;
      const received = decodeContent(body, { signal: this.#signal, encoding, decode });
      const reply = await this.#perform(received, misbehaviour);
      if (misbehaviour?.delayMs !== undefined) {
        await this.#settings.clock.sleep(misbehaviour.delayMs, this.#settings.closing);
      }
      return reply;
    } catch (error) {
      return refusalReply(error, encoding);
    }
  }

  async #perform(received: ReceivedExport, misbehaviour: Misbehaviour | undefined): Promise<Reply> {
    switch (misbehaviour?.kind) {
      case 'status':
        if (misbehaviour.taken === true) await this.#take(received);
        return failWith(misbehaviour, received.encoding);
      case 'reject':
        return this.#reject(received, misbehaviour);
      case 'close':
        if (misbehaviour.taken === true) await this.#take(received);
        return { kind: 'close' };
      case 'garbage':
        await this.#take(received);
        return garbage(received.encoding);
      case 'redirect':
        return redirect(misbehaviour.location ?? '/moved');
      case 'slow':
      case undefined:
        break;
    }
    return this.#accept(received, { trickleMs: misbehaviour?.trickleMs });
  }

  async #accept(received: ReceivedExport, manner: AcceptManner = {}): Promise<Reply> {
    const { rejected = NOTHING_REJECTED, trickleMs } = manner;
    await this.#take(received);
    return { kind: 'answer', answer: exportAnswer(received.encoding, this.#signal, rejected), trickleMs };
  }

  async #reject(received: ReceivedExport, rule: RejectRule): Promise<Reply> {
    const points = selectRejected(received.points, rule);
    const logs = selectRejected(received.logs, rule);
    const count = points.rejected + logs.rejected;
    if (count === 0) return this.#accept(received);
    const message = `Rejected ${count} of ${received.count}, as told to`;
    if (rule.answer === 'bad-request') {
      return { kind: 'answer', answer: statusAnswer(received.encoding, 400, message) };
    }
    this.#settings.store.reject(count);
    const passed = { ...received, points: points.passed, logs: logs.passed, count: received.count - count };
    return this.#accept(passed, { rejected: { count, message } });
  }

  async #take(received: ReceivedExport): Promise<void> {
    this.#settings.store.take(received);
    await this.#settings.onExport(received);
  }
}

function failWith(misbehaviour: Extract<Misbehaviour, { kind: 'status' }>, encoding: BodyEncoding): Reply {
  const { status, retryAfter, message = 'Told to fail' } = misbehaviour;
  const answer = statusAnswer(encoding, status, message);
  if (retryAfter === undefined) return { kind: 'answer', answer };
  return {
    kind: 'answer',
    answer: { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } },
  };
}

/** Valid neither as protobuf (a field number of zero) nor as JSON, under the Content-Type that was promised. */
function garbage(encoding: BodyEncoding): Reply {
  const body = Buffer.from([0x00, 0xff, 0xfe, 0x7b, 0x3c]);
  return {
    kind: 'answer',
    answer: { status: 200, headers: { 'Content-Type': CONTENT_TYPES[encoding] }, body },
  };
}

function redirect(location: string): Reply {
  return { kind: 'answer', answer: { status: 307, headers: { Location: location }, body: Buffer.alloc(0) } };
}

function refusalReply(error: unknown, encoding: BodyEncoding): Reply {
  if (error instanceof Refusal) {
    const answer = statusAnswer(encoding, error.status, error.message);
    return { kind: 'answer', answer: { ...answer, headers: { ...answer.headers, ...error.headers } } };
  }
  if (error instanceof MalformedBody) {
    return { kind: 'answer', answer: statusAnswer(encoding, 400, error.message) };
  }
  return { kind: 'answer', answer: statusAnswer(encoding, 500, reasonOf(error)) };
}
