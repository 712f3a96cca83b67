import {
  BadMonitorConfiguration,
  defineMetric,
  excerptOf,
  HttpFailure,
  httpRequest,
  parseHttpUrl,
  readPattern,
  ScalyrMonitor,
} from 'scalyr-otel-bridge';
import type { HttpAnswer, HttpRequest } from 'scalyr-otel-bridge';
import {
  caFile,
  certFile,
  data,
  extract,
  headers,
  keyFile,
  logAllLines,
  maxCharacters,
  method,
  timeout,
  url,
  verifyHttps,
} from './options.ts';
import { readHeaders } from './read-headers.ts';
import { readTls } from './read-tls.ts';

/** Bytes of an answer that are read. */
const MOST_BYTES = 10_485_760;

/** Fetches a URL in each sample and records the answer. */
export class UrlMonitor extends ScalyrMonitor {
  static override readonly description = 'Fetches a URL and records the answer.';
  static override readonly configOptions = [
    url,
    method,
    data,
    headers,
    timeout,
    extract,
    logAllLines,
    maxCharacters,
    verifyHttps,
    caFile,
    certFile,
    keyFile,
  ];
  static override readonly metrics = [
    defineMetric({
      name: 'response',
      description: 'The answer; `failed` when there was none.',
      extraFields: {
        length: 'characters of the answer, or of what `extract` took of it',
        request_method: 'how was asked; only with an answer',
        status: 'status of the answer, 0 without one',
        url: 'the URL, without a user in it',
        url_error: 'why there was no answer',
      },
    }),
  ];

  #url = new URL('http://localhost');
  #shownUrl = '';
  #request: HttpRequest | undefined;
  #extract: RegExp | undefined;

  override initialize(): void {
    const given = this.config.get(url);
    this.#url = parseHttpUrl(given, url.name);
    this.#shownUrl = given.replace(/^([^/]*\/\/)[^/?#]*@/, '$1');
    const pattern = this.config.get(extract);
    if (pattern !== '') this.#extract = readPattern(pattern, { field: extract.name, needsGroup: true });
    this.#request = this.#makeRequest();
  }

  override async gatherSample(): Promise<void> {
    if (this.#request === undefined) return;
    try {
      this.#emitAnswer(await httpRequest(this.#url, this.#request), this.#request.method ?? 'GET');
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      if (!this.signal.aborted) this.#emitFailure(error);
    }
  }

  #makeRequest(): HttpRequest {
    const body = this.config.get(data);
    const asked = this.config.get(method).toUpperCase();
    if (!/^[A-Z]+$/.test(asked) || asked === 'CONNECT') {
      throw new BadMonitorConfiguration(
        `Cannot use "${this.config.get(method)}" for field "${method.name}": wanted "GET", "POST" …`,
        method.name,
      );
    }
    return {
      method: asked,
      headers: {
        'user-agent': 'scalyr-otel-bridge',
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...readHeaders(this.config.get(headers)),
      },
      ...(body !== undefined && { body }),
      timeoutSecs: this.config.get(timeout),
      maxBytes: MOST_BYTES,
      whenLonger: 'cut',
      tls: readTls(this.config),
      signal: this.signal,
    };
  }

  #emitAnswer({ status, body }: HttpAnswer, requestMethod: string): void {
    const { text, length } = excerptOf(body, {
      extract: this.#extract,
      allLines: this.config.get(logAllLines),
      maxCharacters: this.config.get(maxCharacters),
    });
    this.logger.emitValue('response', text, {
      length,
      request_method: requestMethod,
      status,
      url: this.#shownUrl,
    });
  }

  #emitFailure({ message }: HttpFailure): void {
    this.logger.emitValue('response', 'failed', {
      length: 0,
      status: 0,
      url: this.#shownUrl,
      url_error: message,
    });
  }
}
