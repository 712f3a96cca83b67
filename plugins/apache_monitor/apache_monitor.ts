import { defineConfigOption, parseHttpUrl, ScalyrMonitor, StatusPage } from 'scalyr-otel-bridge';
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

  readonly #page = new StatusPage(this, {
    server: 'Apache',
    maker: 'mod_status',
    url: forPrograms(parseHttpUrl(this.config.get(statusUrl), statusUrl.name)),
    request: {
      timeoutSecs: this.config.get(timeout),
      maxBytes: 1_000_000,
      sourceAddress: this.config.get(sourceAddress),
    },
    parse: parseServerStatus,
    hints: HINTS,
    otherwise: 'set status_url to the location with the handler "server-status"',
  });

  override async gatherSample(): Promise<void> {
    for (const [name, value] of (await this.#page.read()) ?? []) this.logger.emitValue(name, value);
  }
}

function forPrograms(url: URL): URL {
  if (!url.searchParams.has('auto')) url.search = url.search === '' ? '?auto' : `${url.search}&auto`;
  return url;
}
