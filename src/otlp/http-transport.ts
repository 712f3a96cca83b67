import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '../clock/clock.ts';
import type { BackendSettings } from '../config/configuration.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { HttpAnswer } from './http-answer.ts';
import { codeOf, outcomeOfError } from './network-error.ts';
import { outcomeOfAnswer } from './outcome-of-answer.ts';
import { RequestEnd } from './request-end.ts';
import { signalUrl } from './signal-url.ts';
import type { SendOutcome } from './send-outcome.ts';
import type { EncodedRequest, Transport } from './transport.ts';

/** More of an answer is not read. */
const MAX_ANSWER_BYTES = 65_536;

/** What an {@link HttpTransport} needs to know. */
export interface HttpTransportOptions {
  readonly backend: BackendSettings;
  readonly userAgent: string;
  readonly clock: Clock;
}

/**
 * OTLP over HTTP/1.1: one connection kept open, `Content-Length` always, one deadline from the first byte out to the last
 * byte in. Redirects are not followed, and a header's value never leaves this class but to the backend.
 */
export class HttpTransport implements Transport {
  readonly #options: HttpTransportOptions;
  readonly #pools = new Map<string, ConnectionPool>();

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  async send(request: EncodedRequest, signal: AbortSignal): Promise<SendOutcome> {
    const { backend, clock } = this.#options;
    const end = new RequestEnd(clock, backend.timeoutMs, signal);
    try {
      const answer = await end.before(this.#exchange(request, end.signal));
      return outcomeOfAnswer(answer, {
        signal: request.signal,
        protocol: backend.protocol,
        nowMs: clock.now(),
      });
    } catch (error) {
      return end.reason === undefined ? outcomeOfError(error) : { kind: 'retry', reason: end.reason };
    } finally {
      end.release();
    }
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.close();
  }

  async #exchange(request: EncodedRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const url = signalUrl(this.#options.backend, request.signal);
    const agent = await this.#pool(url).agent();
    const options = { method: 'POST', agent, signal, headers: this.#headers(request) };
    const first = start(url, options);
    try {
      return await exchange(first, request.body);
    } catch (error) {
      if (!closedWhileIdle(first, error)) throw error;
      return exchange(start(url, options), request.body);
    }
  }

  #pool(url: URL): ConnectionPool {
    const existing = this.#pools.get(url.origin);
    if (existing !== undefined) return existing;
    const pool = new ConnectionPool(
      url.protocol === 'https:' ? 'https:' : 'http:',
      this.#options.backend.tls,
    );
    this.#pools.set(url.origin, pool);
    return pool;
  }

  #headers(request: EncodedRequest): Record<string, string | number> {
    const given = Object.entries(this.#options.backend.headers);
    return {
      'user-agent': this.#options.userAgent,
      ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
      'content-type': request.contentType,
      'content-length': request.body.length,
      ...(request.contentEncoding !== undefined && { 'content-encoding': request.contentEncoding }),
    };
  }
}

/** The backend closed the kept connection in the moment we used it: nothing was processed, and it is not down. */
function closedWhileIdle(request: ClientRequest, error: unknown): boolean {
  return request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

function start(url: URL, options: RequestOptions): ClientRequest {
  return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
}

function exchange(request: ClientRequest, body: Uint8Array): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      readBody(response).then((bytes) => resolve(toAnswer(response, bytes)), reject);
    });
    // Without a listener the request would end with no event that says so.
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(toAnswer(response, Buffer.alloc(0)));
    });
    request.end(body);
  });
}

/**
 * An error answer that breaks off is read as far as it came, because its status decides alone; a success that breaks off
 * is none.
 */
function readBody(response: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (): void => resolve(Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length < MAX_ANSWER_BYTES) return;
      finish();
      response.destroy();
    });
    response.on('end', finish);
    response.on('error', (error) => {
      if ((response.statusCode ?? 0) >= 300) finish();
      else reject(error);
    });
  });
}

function toAnswer(response: IncomingMessage, body: Uint8Array): HttpAnswer {
  const { 'retry-after': retryAfter, location, 'content-type': contentType } = response.headers;
  return {
    status: response.statusCode ?? 0,
    contentType: contentType?.toLowerCase() ?? '',
    ...(retryAfter !== undefined && { retryAfter }),
    ...(location !== undefined && { location }),
    body,
  };
}
