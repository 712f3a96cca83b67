import { HttpFailure, jsonAt, parseJson } from 'scalyr-otel-bridge';
import type { HttpAnswer, httpRequest, JsonValue } from 'scalyr-otel-bridge';
import { parseContainers } from './parse-containers.ts';
import type { Container } from './parse-containers.ts';

/** How an engine is asked. */
export interface EngineOptions {
  readonly socketPath: string;
  /** As `1.44`; `auto`: what the engine says. */
  readonly apiVersion: string;
  /** Seconds to wait for each answer. */
  readonly timeoutSecs: number;
  readonly signal: AbortSignal;
  /** How a request is sent. */
  readonly request: typeof httpRequest;
}

/** Bytes of the list of containers, of which each takes about one thousand; and of the statistics of one. */
const MOST_LIST_BYTES = 16 * 1024 * 1024;
const MOST_STATS_BYTES = 256 * 1024;

/**
 * A Docker engine, or what speaks its API, such as Podman. All methods throw HttpFailure, whose message says what may be
 * done about it.
 */
export class DockerEngine {
  readonly #options: EngineOptions;
  /** What stands before each path, as `/v1.44`. */
  #prefix: string | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    if (options.apiVersion !== 'auto') this.#prefix = `/v${options.apiVersion}`;
  }

  /** The containers that run. */
  async containers(): Promise<Container[]> {
    let answer = await this.#ask('/containers/json', MOST_LIST_BYTES);
    if (answer.status === 400 && this.#options.apiVersion === 'auto') {
      this.#prefix = undefined; // the engine may be another one since
      answer = await this.#ask('/containers/json', MOST_LIST_BYTES);
    }
    const containers = answer.status === 200 ? parseContainers(parseJson(answer.body)) : undefined;
    if (containers === undefined) throw this.#failure('list the containers', answer);
    return containers;
  }

  /**
   * The statistics of a container; undefined when it is gone. Without `one-shot` the engine would take a second for a
   * second reading, from which a client may calculate percentages.
   */
  async stats(id: string): Promise<JsonValue | undefined> {
    const answer = await this.#ask(`/containers/${id}/stats?stream=false&one-shot=true`, MOST_STATS_BYTES);
    if (answer.status === 404) return undefined;
    const stats = answer.status === 200 ? parseJson(answer.body) : undefined;
    if (stats === undefined) throw this.#failure('read the statistics', answer);
    return stats;
  }

  async #ask(path: string, maxBytes: number): Promise<HttpAnswer> {
    this.#prefix ??= await this.#negotiate();
    return this.#get(`${this.#prefix}${path}`, maxBytes);
  }

  /** Requests without a version are deprecated, and engines refuse versions that are too old or too new for them. */
  async #negotiate(): Promise<string> {
    const { headers } = await this.#get('/_ping', 1000);
    const version = String(headers['api-version'] ?? '');
    return isApiVersion(version) ? `/v${version}` : '';
  }

  async #get(path: string, maxBytes: number): Promise<HttpAnswer> {
    const { request, socketPath, timeoutSecs, signal } = this.#options;
    try {
      return await request(new URL(path, 'http://docker'), { socketPath, timeoutSecs, maxBytes, signal });
    } catch (error) {
      throw isPermissionDenied(error)
        ? new HttpFailure(`${error.message}; mostly it is called "docker"`, { cause: error })
        : error;
    }
  }

  #failure(what: string, { status, body }: HttpAnswer): HttpFailure {
    const message = jsonAt(parseJson(body), 'message');
    const said = typeof message === 'string' ? `, "${oneLine(message)}"` : '';
    const found = status === 200 ? 'an answer that no Docker engine gives' : `HTTP ${status}${said}`;
    return new HttpFailure(
      `Cannot ${what} through "${this.#options.socketPath}": ${found}; ${WHAT_TO_DO.get(status) ?? OTHERWISE}`,
    );
  }
}

/** Whether it can be the version of an engine's API, as `1.44`. */
export function isApiVersion(text: string): boolean {
  return /^\d{1,3}\.\d{1,3}$/.test(text);
}

function isPermissionDenied(error: unknown): error is HttpFailure {
  const cause = error instanceof HttpFailure ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'EACCES';
}

const WHAT_TO_DO = new Map([
  [200, 'set api_socket to the socket of a Docker engine'],
  [400, 'set docker_api_version to "auto"'],
  [403, 'let what stands before the engine allow GET for /containers'],
  [404, 'set api_socket to the socket of a Docker engine'],
]);
const OTHERWISE = 'look into the log of the engine';

const MOST_SHOWN = 200;

function oneLine(message: string): string {
  return message.trim().replaceAll(/\s+/g, ' ').slice(0, MOST_SHOWN);
}
