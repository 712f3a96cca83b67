import { defineConfigOption, parseHttpUrl, ScalyrMonitor, StatusPage } from 'scalyr-otel-bridge';
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

  readonly #page = new StatusPage(this, {
    server: 'nginx',
    maker: 'stub_status',
    url: parseHttpUrl(this.config.get(statusUrl), statusUrl.name),
    request: {
      timeoutSecs: this.config.get(timeout),
      maxBytes: 100_000,
      sourceAddress: this.config.get(sourceAddress),
    },
    parse: parseStubStatus,
    hints: HINTS,
    otherwise: 'set status_url to the address of the location with "stub_status"',
  });

  override async gatherSample(): Promise<void> {
    for (const [name, value] of (await this.#page.read()) ?? []) this.logger.emitValue(name, value);
  }
}
