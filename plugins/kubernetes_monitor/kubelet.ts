import { HttpFailure, httpRequest, parseJson } from 'scalyr-otel-bridge';
import type { HttpAnswer, HttpRequest } from 'scalyr-otel-bridge';
import type { KubeletPlace } from './find-kubelet.ts';
import { parseControllers } from './parse-controllers.ts';
import { parseSummary } from './parse-summary.ts';
import type { Summary } from './parse-summary.ts';
import { readCertificates, readToken } from './service-account.ts';

/** How a kubelet is asked. */
export interface KubeletOptions {
  readonly place: KubeletPlace;
  readonly tokenFile: string;
  readonly caFile: string;
  readonly verify: boolean;
  /** Seconds to wait for each answer. */
  readonly timeoutSecs: number;
  readonly signal: AbortSignal;
  /** Told when the kubelet is asked on its read-only port. */
  readonly onReadOnly: (url: URL) => void;
}

/** Bytes of an answer; a full node of 250 pods takes two or three millions. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The kubelet of a node. All methods throw HttpFailure, whose message says what may be done about it. */
export class Kubelet {
  readonly #options: KubeletOptions;
  #isReadOnly = false;

  constructor(options: KubeletOptions) {
    this.#options = options;
  }

  async summary(): Promise<Summary> {
    const answer = await this.#askAnyPort('/stats/summary');
    const summary = answer.status === 200 ? parseSummary(parseJson(answer.body)) : undefined;
    if (summary === undefined)
      throw this.#failure(answer, { path: '/stats/summary', resource: 'nodes/stats' });
    return summary;
  }

  /** Names of controllers by the UIDs of their pods. */
  async controllers(): Promise<ReadonlyMap<string, string>> {
    const answer = await this.#ask('/pods');
    const controllers = answer.status === 200 ? parseControllers(parseJson(answer.body)) : undefined;
    if (controllers === undefined) throw this.#failure(answer, { path: '/pods', resource: 'nodes/proxy' });
    return controllers;
  }

  /** Where nothing listens on the usual port, the read-only one may answer; the token is not shown there. */
  async #askAnyPort(path: string): Promise<HttpAnswer> {
    const { readOnlyUrl } = this.#options.place;
    this.#isReadOnly = false;
    try {
      return await this.#ask(path);
    } catch (error) {
      if (readOnlyUrl === undefined || !isRefused(error)) throw error;
      this.#isReadOnly = true;
      const answer = await this.#ask(path).catch(() => {
        throw error;
      });
      this.#options.onReadOnly(readOnlyUrl);
      return answer;
    }
  }

  async #ask(path: string): Promise<HttpAnswer> {
    const { timeoutSecs, signal } = this.#options;
    const url = this.#urlOf(path);
    const secure = url.protocol === 'https:' ? await this.#readSecrets() : {};
    try {
      return await httpRequest(url, { ...secure, timeoutSecs, maxBytes: MOST_BYTES, signal });
    } catch (error) {
      throw isUntrusted(error)
        ? new HttpFailure(
            `${error.message}; that is k8s_kubelet_ca_cert, or set k8s_verify_kubelet_queries to false`,
            { cause: error },
          )
        : error;
    }
  }

  /** The place may have a path of its own, as the API server's for a node: `/api/v1/nodes/node-1/proxy`. */
  #urlOf(path: string): URL {
    const { url, readOnlyUrl } = this.#options.place;
    const target = new URL(this.#isReadOnly && readOnlyUrl !== undefined ? readOnlyUrl : url);
    target.pathname = `${target.pathname.replace(/\/+$/, '')}${path}`;
    return target;
  }

  async #readSecrets(): Promise<Pick<HttpRequest, 'headers' | 'tls'>> {
    const { tokenFile, caFile, verify } = this.#options;
    return {
      headers: { authorization: `Bearer ${await readToken(tokenFile)}` },
      tls: verify ? { ca: await readCertificates(caFile) } : { verify: false },
    };
  }

  #failure(
    { status }: HttpAnswer,
    { path, resource }: { readonly path: string; readonly resource: string },
  ): HttpFailure {
    const found = status === 200 ? 'an answer that no kubelet gives' : `HTTP ${status}`;
    const { protocol, origin, pathname } = this.#urlOf(path);
    const whatToDo =
      status === 401 && protocol === 'http:'
        ? 'it wants a token, which is shown over https only: let k8s_kubelet_api_url_template start with https://'
        : this.#whatToDo(status, resource);
    return new HttpFailure(`Cannot read "${origin}${pathname}" of the kubelet: ${found}; ${whatToDo}`);
  }

  #whatToDo(status: number, resource: string): string {
    if (status === 401) {
      return `it does not take the token in "${this.#options.tokenFile}"; correct k8s_service_account_token, or start the kubelet with --authentication-token-webhook`;
    }
    if (status === 403) {
      return `give the service account a ClusterRole with the verb "get" on the resource ${resource}`;
    }
    return status >= 500
      ? 'look into the log of the kubelet'
      : 'correct k8s_kubelet_api_url_template or k8s_kubelet_host_ip';
  }
}

function isRefused(error: unknown): boolean {
  return codeOf(error) === 'ECONNREFUSED';
}

function isUntrusted(error: unknown): error is HttpFailure {
  return /CERT|ERR_TLS_|UNABLE_TO_/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const cause = error instanceof HttpFailure ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
