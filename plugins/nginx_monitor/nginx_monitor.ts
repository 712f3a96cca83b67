import {
  defineConfigOption,
  HttpFailure,
  httpRequest,
  parseHttpUrl,
  ScalyrMonitor,
} from 'scalyr-otel-bridge';
import { metrics } from './metrics.ts';
import { parseStubStatus } from './parse-stub-status.ts';

const statusUrl = defineConfigOption({
  name: 'status_url',
  description: 'Where nginx serves its status page.',
  convertTo: 'string',
  default: 'http://localhost/nginx_status',
});
const sourceAddress = defineConfigOption({
  name: 'source_address',
  description: 'Address of this machine that nginx shall see; many servers show the page to 127.0.0.1 only.',
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
  [403, 'add an "allow" for the source address to this location of nginx'],
  [404, 'add a location with "stub_status" to nginx, or correct status_url'],
]);

/** Reads the page that nginx's module stub_status serves. */
export class NginxMonitor extends ScalyrMonitor {
  static override readonly description = 'Reports connections and requests of an nginx server.';
  static override readonly configOptions = [statusUrl, sourceAddress, timeout];
  static override readonly metrics = metrics;

  readonly #url = parseHttpUrl(this.config.get(statusUrl), statusUrl.name);

  override async gatherSample(): Promise<void> {
    const status = await this.#readStatus();
    for (const [name, value] of status) this.logger.emitValue(name, value);
  }

  async #readStatus(): Promise<ReadonlyMap<string, number>> {
    try {
      const answer = await httpRequest(this.#url, {
        timeoutSecs: this.config.get(timeout),
        maxBytes: 100_000,
        sourceAddress: this.config.get(sourceAddress),
        signal: this.signal,
      });
      const status = answer.status === 200 ? parseStubStatus(answer.body) : undefined;
      if (status !== undefined) return status;
      const found = answer.status === 200 ? 'a page that stub_status did not make' : `HTTP ${answer.status}`;
      this.#complain(
        `Cannot read the status of nginx at "${this.#url.origin}${this.#url.pathname}": ${found}; ${hint(answer.status)}`,
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

function hint(status: number): string {
  return HINTS.get(status) ?? 'set status_url to the address of the location with "stub_status"';
}
