import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { statusAnswer } from './answer.ts';
import { CONTROL_PATH, handleControl } from './control.ts';
import { ExportEndpoint } from './export-endpoint.ts';
import { listen } from './listen.ts';
import { MisbehaviourScript } from './misbehaviour-script.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { ReceivedStore, type Totals } from './received-store.ts';
import type { ReceivedExport, ReceivedLog, ReceivedPoint } from './received.ts';
import { sendReply, type Reply } from './reply.ts';

/** Sizes in bytes. */
export interface ReceiverOptions {
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Most points and most log records kept for `points` and `logs`; default 0: nothing is kept. */
  readonly keep?: number;
  /** `count` finds out only how many points a protobuf body holds, which costs next to nothing; default `full`. */
  readonly decode?: 'full' | 'count';
  /** Called with what a request brought, before it is answered; the answer waits for the promise. */
  readonly onExport?: (received: ReceivedExport) => void | Promise<void>;
  /** Called for each request as soon as its head is there. */
  readonly onRequest?: (request: RequestHead) => void;
  /** Called for each request that was not answered with 200. */
  readonly onRefusal?: (refusal: RequestRefusal) => void;
  /** Lets clients steer the receiver below `/control/`; default false. */
  readonly control?: boolean;
  /** Largest body as sent; default 20 MiB, as in the OpenTelemetry Collector. */
  readonly maxBodyBytes?: number;
  /** Largest body after decompression; default 64 MiB. */
  readonly maxDecompressedBytes?: number;
  readonly clock?: Clock;
}

export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface RequestRefusal extends RequestHead {
  /** Undefined when the connection was closed without an answer. */
  readonly status: number | undefined;
  /** What the client was told, or what was done to it. */
  readonly message: string;
}

/** A running OTLP/HTTP receiver. */
export interface Receiver {
  /** Base endpoint, as in OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:4318`. */
  readonly url: string;
  /** The first points taken, up to `keep`, in the order they came. */
  readonly points: readonly ReceivedPoint[];
  readonly logs: readonly ReceivedLog[];
  readonly totals: Totals;
  /** Adds a misbehaviour; several take their turns in the order they were added. */
  misbehave(misbehaviour: Misbehaviour): void;
  /** Ends all misbehaviours. */
  behave(): void;
  /** Stops listening and ends all connections at once. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts an OTLP/HTTP receiver: POST `/v1/metrics` and `/v1/logs`, protobuf and JSON, gzip. A debugging tool and a test
 * double: strict about what it takes, and it can be told to misbehave. Rejects when it cannot listen.
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = new HttpReceiver(options);
  await receiver.start();
  return receiver;
}

/** Longer than any sender's pause, so that a connection is not closed in the very moment it is used again. */
const KEEP_ALIVE_MS = 300_000;

class HttpReceiver implements Receiver {
  readonly #options: ReceiverOptions;
  readonly #clock: Clock;
  readonly #script: MisbehaviourScript;
  readonly #store: ReceivedStore;
  readonly #closing = new AbortController();
  readonly #endpoints: ReadonlyMap<string, ExportEndpoint>;
  readonly #server: Server;
  #url = '';

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#script = new MisbehaviourScript(this.#clock);
    this.#store = new ReceivedStore(options.keep ?? 0);
    const settings = {
      limits: {
        maxBodyBytes: options.maxBodyBytes ?? 20 * 1024 * 1024,
        maxDecompressedBytes: options.maxDecompressedBytes ?? 64 * 1024 * 1024,
      },
      decode: options.decode ?? 'full',
      clock: this.#clock,
      script: this.#script,
      store: this.#store,
      onExport: options.onExport ?? (() => {}),
      closing: this.#closing.signal,
    };
    this.#endpoints = new Map([
      ['/v1/metrics', new ExportEndpoint('metrics', settings)],
      ['/v1/logs', new ExportEndpoint('logs', settings)],
    ]);
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      void this.#serve(request, response);
    });
  }

  async start(): Promise<void> {
    this.#url = await listen(this.#server, this.#options.host ?? '127.0.0.1', this.#options.port ?? 0);
  }

  get url(): string {
    return this.#url;
  }

  get points(): readonly ReceivedPoint[] {
    return this.#store.points;
  }

  get logs(): readonly ReceivedLog[] {
    return this.#store.logs;
  }

  get totals(): Totals {
    return this.#store.totals;
  }

  misbehave(misbehaviour: Misbehaviour): void {
    this.#script.add(misbehaviour);
  }

  behave(): void {
    this.#script.clear();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0] ?? '/';
    const head = { method: request.method ?? '', path, headers: request.headers };
    this.#options.onRequest?.(head);
    if (this.#options.control === true && path.startsWith(CONTROL_PATH)) {
      const answer = await handleControl(request, path, this);
      await this.#send(response, { kind: 'answer', answer });
      return;
    }
    const reply = (await this.#endpoints.get(path)?.handle(request)) ?? notFound(path);
    const refusal = refusalIn(reply);
    this.#store.answered(refusal !== undefined);
    if (refusal !== undefined) this.#options.onRefusal?.({ ...head, ...refusal });
    await this.#send(response, reply);
  }

  async #send(response: ServerResponse, reply: Reply): Promise<void> {
    await sendReply(response, reply, { clock: this.#clock, signal: this.#closing.signal });
  }
}

function refusalIn(reply: Reply): Pick<RequestRefusal, 'status' | 'message'> | undefined {
  if (reply.kind === 'close')
    return { status: undefined, message: 'Closed the connection without an answer' };
  const { status, message = '' } = reply.answer;
  return status === 200 ? undefined : { status, message };
}

function notFound(path: string): Reply {
  const message = `Nothing is received at "${path}": there are /v1/metrics and /v1/logs`;
  return { kind: 'answer', answer: statusAnswer('json', 404, message) };
}
