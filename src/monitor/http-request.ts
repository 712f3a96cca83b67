import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { HttpFailure } from './http-failure.ts';

/** What a monitor asks a web server. */
export interface HttpRequest {
  /** Default: GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Seconds for all of it, from the look-up of the name to the last byte. */
  readonly timeoutSecs: number;
  /** Bytes of the answer's body that are taken. */
  readonly maxBytes: number;
  /** What becomes of a longer body: an HttpFailure (default), or what was read until then. */
  readonly whenLonger?: 'fail' | 'cut';
  /** Address of this machine that the server shall see. */
  readonly sourceAddress?: string;
  /** Path of a Unix socket on which the server listens; the host of the URL is then only a name. */
  readonly socketPath?: string;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** `ca`: certificates in PEM that are trusted instead of the usual ones; `cert` and `key`: shown to the server. */
  readonly tls?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly verify?: boolean;
  };
  /** Gives up when it aborts: a monitor hands over its own. */
  readonly signal: AbortSignal;
}

/** What the server answered, whatever the status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Read as UTF-8. */
  readonly body: string;
}

const MOST_REDIRECTS = 5;

/**
 * Asks a web server once and leaves no connection open. Redirects of GET are followed, up to five of them; credentials
 * and headers do not go along to another server, and a redirect away from a Unix socket is not followed. Throws
 * HttpFailure, whose message says what may be done about it.
 *
 *     const answer = await httpRequest(url, { timeoutSecs: 10, maxBytes: 1_000_000, signal: this.signal });
 */
export async function httpRequest(url: URL, request: HttpRequest): Promise<HttpAnswer> {
  const giveUp = new AbortController();
  const stop = (): void => giveUp.abort();
  const timer = setTimeout(stop, request.timeoutSecs * 1000);
  request.signal.addEventListener('abort', stop, { once: true });
  if (request.signal.aborted) stop();
  try {
    return await followRedirects(url, request, giveUp.signal);
  } catch (error) {
    throw HttpFailure.of(error, { url, request, gaveUp: giveUp.signal.aborted });
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', stop);
  }
}

async function followRedirects(url: URL, request: HttpRequest, giveUp: AbortSignal): Promise<HttpAnswer> {
  let target = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const asked = target.origin === url.origin ? request : withoutSecrets(request);
    const answer = await requestOnce(target, asked, giveUp);
    const next = redirectOf(answer, target);
    if (next === undefined || (request.method ?? 'GET') !== 'GET') return answer;
    if (request.socketPath !== undefined && next.origin !== url.origin) return answer;
    target = next;
  }
  throw new HttpFailure(`more than ${MOST_REDIRECTS} redirects`);
}

function withoutSecrets({ headers: _headers, credentials: _credentials, ...rest }: HttpRequest): HttpRequest {
  return rest;
}

function redirectOf({ status, headers }: HttpAnswer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined;
  if (!URL.canParse(headers.location, from.href)) return undefined;
  const target = new URL(headers.location, from);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : undefined;
}

async function requestOnce(url: URL, request: HttpRequest, giveUp: AbortSignal): Promise<HttpAnswer> {
  const open = await openerFor(url);
  return new Promise((resolve, reject) => {
    const asked = open(url, requestOptions(request, giveUp), (response) => {
      readAnswer(response, request).then(resolve, reject);
    });
    asked.on('error', reject);
    asked.on('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(new HttpFailure('the server switched to another protocol, for which it was not asked'));
    });
    asked.end(request.body);
  });
}

type Opener = (
  url: URL,
  options: RequestOptions,
  onAnswer: (answer: IncomingMessage) => void,
) => ClientRequest;

/** Most monitors never ask a web server: they do without these modules. */
async function openerFor(url: URL): Promise<Opener> {
  return url.protocol === 'https:'
    ? (await import('node:https')).request
    : (await import('node:http')).request;
}

function requestOptions(request: HttpRequest, giveUp: AbortSignal): RequestOptions {
  const { method = 'GET', headers, body, sourceAddress, socketPath, credentials, tls } = request;
  return {
    method,
    headers: { ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }), ...headers },
    agent: false,
    signal: giveUp,
    ...(sourceAddress !== undefined && { localAddress: sourceAddress, family: familyOf(sourceAddress) }),
    ...(socketPath !== undefined && { socketPath }),
    ...(credentials !== undefined && { auth: `${credentials.user}:${credentials.password}` }),
    ...(tls?.ca !== undefined && { ca: tls.ca }),
    ...(tls?.cert !== undefined && { cert: tls.cert }),
    ...(tls?.key !== undefined && { key: tls.key }),
    ...(tls?.verify === false && { rejectUnauthorized: false }),
  };
}

/** A name like "localhost" has addresses of both families; only one of them can be reached from the source address. */
function familyOf(sourceAddress: string): 4 | 6 {
  return sourceAddress.includes(':') ? 6 : 4;
}

async function readAnswer(response: IncomingMessage, request: HttpRequest): Promise<HttpAnswer> {
  const { maxBytes, whenLonger = 'fail' } = request;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= maxBytes) continue;
    if (whenLonger === 'fail') throw new HttpFailure(`the answer is longer than ${maxBytes} bytes`);
    break;
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
