import { BadMonitorConfiguration, defineConfigOption, MonitorConfig } from 'scalyr-otel-bridge';
import type { ConfigObject, ConfigValue } from 'scalyr-otel-bridge';
import type { RedisAddress } from './redis-connection.ts';

const host = defineConfigOption({
  name: 'host',
  description: 'Name.',
  convertTo: 'string',
  default: 'localhost',
});
const port = defineConfigOption({
  name: 'port',
  description: 'Port.',
  convertTo: 'int',
  default: 6379,
  minValue: 1,
  maxValue: 65_535,
});
const username = defineConfigOption({ name: 'username', description: 'User.', convertTo: 'string' });
const password = defineConfigOption({ name: 'password', description: 'Password.', convertTo: 'string' });
const tls = defineConfigOption({ name: 'tls', description: 'Use TLS.', convertTo: 'bool', default: false });

/** The servers in the option `hosts`. Throws BadMonitorConfiguration, which shows no password. */
export function readHosts(hosts: readonly ConfigValue[]): RedisAddress[] {
  if (hosts.length === 0) throw wrong('wanted at least one server, found an empty list');
  return hosts.map((entry, index) => {
    if (!isObject(entry))
      throw wrong(`element ${index + 1}: wanted an object, as { "host": "localhost", "port": 6379 }`);
    try {
      return readHost(entry);
    } catch (error) {
      if (!(error instanceof BadMonitorConfiguration)) throw error;
      throw wrong(`element ${index + 1}: ${error.message}`, error);
    }
  });
}

function readHost(entry: ConfigObject): RedisAddress {
  const config = new MonitorConfig(entry, {
    module: 'redis_monitor',
    options: [host, port, username, password, tls],
  });
  const user = config.get(username);
  const secret = config.get(password);
  if (user !== undefined && secret === undefined)
    throw new BadMonitorConfiguration('"username" needs a "password" beside it', 'hosts');
  return {
    host: config.get(host),
    port: config.get(port),
    tls: config.get(tls),
    ...(user !== undefined && { username: user }),
    ...(secret !== undefined && { password: secret }),
  };
}

function wrong(why: string, cause?: Error): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Cannot use field "hosts": ${why}`, 'hosts', { cause });
}

function isObject(value: ConfigValue): value is ConfigObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
