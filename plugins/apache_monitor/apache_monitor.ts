import {
  defineConfigOption,
  HttpFailure,
  httpRequest,
  parseHttpUrl,
  ScalyrMonitor,
} from 'scalyr-otel-bridge';
import { metrics } from './metrics.ts';
import { parseServerStatus } from './parse-server-status.ts';

const statusUrl = defineConfigOption({
  name: 'status_url',
  description:
    'Where Apache serves its status page; `?auto`, its form for programs, is added where it is missing.',
  convertTo: 'string',
  default: 'http://localhost/server-status/?auto',
});
const sourceAddress = defineConfigOption({
  name: 'source_address',
  description: 'Address of this machine that Apache shall see; many servers show the page to 127.0.0.1 only.',
  convertTo: 'string',
  default: '127.0.0.1',
});
const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds to wait for the page.',
  convertTo: 'float',
  default: 5,
  minValue: 0.001,
  maxValue: 3600,
});

const HINTS = new Map([
  [403, 'add a "Require ip" with the source address to this location of Apache'],
  [404, 'enable mod_status (a2enmod status), or correct status_url'],
]);

/** Reads the page that Apache's mod_status serves. */
export class ApacheMonitor extends ScalyrMonitor {
  static override readonly description = 'Reports workers and connections of an Apache web server.';
  static override readonly configOptions = [statusUrl, sourceAddress, timeout];
  static override readonly metrics = metrics;

  readonly #url = forPrograms(parseHttpUrl(this.config.get(statusUrl), statusUrl.name));

  override async gatherSample(): Promise<void> {
    const status = await this.#readStatus();
    for (const [name, value] of status) this.logger.emitValue(name, value);
  }

  async #readStatus(): Promise<ReadonlyMap<string, number>> {
    try {
      const answer = await httpRequest(this.#url, {
        timeoutSecs: this.config.get(timeout),
        maxBytes: 1_000_000,
        sourceAddress: this.config.get(sourceAddress),
        signal: this.signal,
      });
      const status = answer.status === 200 ? parseServerStatus(answer.body) : undefined;
      if (status !== undefined) return status;
      const found = answer.status === 200 ? 'a page that mod_status did not make' : `HTTP ${answer.status}`;
      this.#complain(
        `Cannot read the status of Apache at "${this.#url.origin}${this.#url.pathname}": ${found}; ${hint(answer.status)}`,
      );
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      this.#complain(error.message);
    }
    return new Map();
  }

  #complain(message: string): void {
    if (this.signal.aborted) return;
    this.logger.error(message, { limitOncePerSecs: 300, limitKey: 'no status' });
  }
}

function forPrograms(url: URL): URL {
  if (!url.searchParams.has('auto')) url.search = url.search === '' ? '?auto' : `${url.search}&auto`;
  return url;
}

function hint(status: number): string {
  return HINTS.get(status) ?? 'set status_url to the location with the handler "server-status"';
}
