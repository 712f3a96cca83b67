import { HttpFailure, shown } from './http-failure.ts';
import { httpRequest } from './http-request.ts';
import type { HttpRequest } from './http-request.ts';
import type { ScalyrMonitor } from './scalyr-monitor.ts';

/** Seconds that must pass before a page that cannot be read is complained of again. */
const COMPLAIN_EVERY_SECS = 300;

/** A page on which a server tells how it is. */
export interface StatusPageOptions<Status> {
  /** Whose page it is, for messages: `nginx`. */
  readonly server: string;
  /** What makes the page, for messages: `stub_status`. */
  readonly maker: string;
  readonly url: URL;
  readonly request: Omit<HttpRequest, 'signal'>;
  /** Undefined for a page that `maker` did not make. */
  readonly parse: (body: string) => Status | undefined;
  /** What a user may do about an answer, by HTTP status. */
  readonly hints: ReadonlyMap<number, string>;
  /** What a user may do about any other answer. */
  readonly otherwise: string;
}

/**
 * Reads the status page of a server for a monitor. A page that cannot be read is reported once in a while, with what the
 * user may do about it, and not at all when the monitor is being stopped.
 *
 *     readonly #page = new StatusPage(this, { server: 'nginx', maker: 'stub_status', url, request, parse, hints, otherwise });
 *     override async gatherSample() { const status = await this.#page.read(); … }
 */
export class StatusPage<Status> {
  readonly #monitor: ScalyrMonitor;
  readonly #options: StatusPageOptions<Status>;

  constructor(monitor: ScalyrMonitor, options: StatusPageOptions<Status>) {
    this.#monitor = monitor;
    this.#options = options;
  }

  /** Undefined when the page could not be read. */
  async read(): Promise<Status | undefined> {
    const { url, request } = this.#options;
    try {
      const { status, body } = await httpRequest(url, { ...request, signal: this.#monitor.signal });
      return this.#understand(status, body);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      this.#complain(error.message);
      return undefined;
    }
  }

  #understand(status: number, body: string): Status | undefined {
    const { server, maker, url, parse, hints, otherwise } = this.#options;
    const understood = status === 200 ? parse(body) : undefined;
    if (understood !== undefined) return understood;
    const found = status === 200 ? `a page that ${maker} did not make` : `HTTP ${status}`;
    const whatToDo = hints.get(status) ?? otherwise;
    this.#complain(`Cannot read the status of ${server} at "${shown(url)}": ${found}; ${whatToDo}`);
    return undefined;
  }

  #complain(message: string): void {
    if (this.#monitor.signal.aborted) return;
    this.#monitor.logger.error(message, { limitOncePerSecs: COMPLAIN_EVERY_SECS, limitKey: 'no status' });
  }
}
