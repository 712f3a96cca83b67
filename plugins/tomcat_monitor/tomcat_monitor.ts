import { defineConfigOption, parseHttpUrl, ScalyrMonitor, StatusPage } from 'scalyr-otel-bridge';
import { metrics } from './metrics.ts';
import { parseManagerStatus } from './parse-manager-status.ts';

const monitorUrl = defineConfigOption({
  name: 'monitor_url',
  description:
    "Where Tomcat's manager serves its status; `XML=true`, its form for programs, is added where it is missing.",
  convertTo: 'string',
  default: 'http://localhost:8080/manager/status',
});
const monitorUser = defineConfigOption({
  name: 'monitor_user',
  description: 'User with the role `manager-status`.',
  convertTo: 'string',
});
const monitorUsername = defineConfigOption({
  name: 'monitor_username',
  description: 'Another name of `monitor_user`.',
  convertTo: 'string',
});
const monitorPassword = defineConfigOption({
  name: 'monitor_password',
  description: 'Password of the user.',
  convertTo: 'string',
  default: '',
});
const sourceAddress = defineConfigOption({
  name: 'source_address',
  description: 'Address of this machine that Tomcat shall see; many servers show the page to 127.0.0.1 only.',
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
  [401, 'correct monitor_user and monitor_password'],
  [403, 'give this user the role "manager-status", and allow the source address in manager.xml'],
  [404, "install Tomcat's manager (Debian: tomcat10-admin), or correct monitor_url"],
]);

/** Reads the status page of Tomcat's manager. */
export class TomcatMonitor extends ScalyrMonitor {
  static override readonly description = 'Reports memory, threads and requests of a Tomcat server.';
  static override readonly configOptions = [
    monitorUrl,
    monitorUser,
    monitorUsername,
    monitorPassword,
    sourceAddress,
    timeout,
  ];
  static override readonly metrics = metrics;

  readonly #user = this.config.get(monitorUser) ?? this.config.get(monitorUsername);
  readonly #page = new StatusPage(this, {
    server: 'Tomcat',
    maker: "Tomcat's manager",
    url: forPrograms(parseHttpUrl(this.config.get(monitorUrl), monitorUrl.name)),
    request: {
      timeoutSecs: this.config.get(timeout),
      maxBytes: 4_000_000,
      sourceAddress: this.config.get(sourceAddress),
      ...(this.#user !== undefined && {
        credentials: { user: this.#user, password: this.config.get(monitorPassword) },
      }),
    },
    parse: parseManagerStatus,
    hints: HINTS,
    otherwise: 'set monitor_url to the address of /manager/status',
  });

  override async gatherSample(): Promise<void> {
    for (const { metric, value, fields } of (await this.#page.read()) ?? [])
      this.logger.emitValue(metric, value, fields);
  }
}

function forPrograms(url: URL): URL {
  url.searchParams.set('XML', 'true');
  return url;
}
