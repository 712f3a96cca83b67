import { isIPv6 } from 'node:net';
import { BadMonitorConfiguration, defineConfigOption, MonitorConfig } from 'scalyr-otel-bridge';
import type { ConfigObject } from 'scalyr-otel-bridge';

/** How a device is asked. */
export interface DeviceSettings {
  /** `<host>:<port>`, as in the lines. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** To wait for an answer before the question is sent again. */
  readonly timeoutSecs: number;
  readonly retries: number;
  readonly access: Access;
}

export type Access =
  { readonly version: 1 | 2; readonly community: string } | { readonly version: 3; readonly user: User };

/** Signs when there is `auth`, and encrypts when there is `priv`, which needs `auth`. */
export interface User {
  readonly name: string;
  readonly auth?: Secret;
  readonly priv?: Secret;
}

interface Secret {
  /** As the package `net-snmp` numbers them. */
  readonly protocol: number;
  readonly key: string;
}

const AUTH_PROTOCOLS = new Map([
  ['md5', 2],
  ['sha', 3],
  ['sha224', 4],
  ['sha256', 5],
  ['sha384', 6],
  ['sha512', 7],
]);
const PRIV_PROTOCOLS = new Map([
  ['des', 2],
  ['aes', 4],
  ['aes256b', 6],
  ['aes256r', 8],
]);
const VERSIONS = new Map<string, 1 | 2 | 3>([
  ['snmpv1', 1],
  ['snmpv2', 2],
  ['snmpv2c', 2],
  ['snmpv3', 3],
]);

/** RFC 3414 wants no shorter one, and Net-SNMP takes no shorter one. */
const SHORTEST_KEY = 8;

const description = 'See README.md.';
const host = defineConfigOption({ name: 'host', description, convertTo: 'string', required: true });
const port = defineConfigOption({
  name: 'port',
  description,
  convertTo: 'int',
  default: 161,
  minValue: 1,
  maxValue: 65_535,
});
const timeout = defineConfigOption({
  name: 'timeout',
  description,
  convertTo: 'float',
  default: 1,
  minValue: 0.01,
  maxValue: 300,
});
const retries = defineConfigOption({
  name: 'retries',
  description,
  convertTo: 'int',
  default: 3,
  minValue: 0,
  maxValue: 100,
});
const version = defineConfigOption({ name: 'version', description, convertTo: 'string', default: 'SNMPv2' });
const community = defineConfigOption({
  name: 'community',
  description,
  convertTo: 'string',
  default: 'public',
});
const username = defineConfigOption({ name: 'username', description, convertTo: 'string' });
const authProtocol = defineConfigOption({
  name: 'auth_protocol',
  description,
  convertTo: 'string',
  default: 'SHA',
});
const authKey = defineConfigOption({ name: 'auth_key', description, convertTo: 'string' });
const privProtocol = defineConfigOption({
  name: 'priv_protocol',
  description,
  convertTo: 'string',
  default: 'AES',
});
const privKey = defineConfigOption({ name: 'priv_key', description, convertTo: 'string' });

const OPTIONS = [
  host,
  port,
  timeout,
  retries,
  version,
  community,
  username,
  authProtocol,
  authKey,
  privProtocol,
  privKey,
];

/** Names in an element of `targets` that mean nothing here. */
export function unknownSettings(entry: ConfigObject): string[] {
  return Object.keys(entry).filter((name) => !OPTIONS.some((option) => option.name === name));
}

/** An element of `targets`. Throws BadMonitorConfiguration, which shows neither community nor keys. */
export function readDevice(entry: ConfigObject): DeviceSettings {
  const config = new MonitorConfig(entry, { module: 'snmp_monitor', options: OPTIONS });
  const address = config.get(host);
  return {
    name: `${isIPv6(address) ? `[${address}]` : address}:${config.get(port)}`,
    host: address,
    port: config.get(port),
    timeoutSecs: config.get(timeout),
    retries: config.get(retries),
    access: readAccess(config),
  };
}

function readAccess(config: MonitorConfig): Access {
  const found = among(VERSIONS, config.get(version), 'version', 'SNMPv1, SNMPv2 or SNMPv3');
  if (found === 3) return { version: found, user: readUser(config) };
  return { version: found, community: config.get(community) };
}

function readUser(config: MonitorConfig): User {
  const name = config.get(username);
  if (name === undefined) throw wrong('"version" SNMPv3 needs a "username" beside it');
  const auth = readSecret(config.get(authKey), 'auth_key', () =>
    among(
      AUTH_PROTOCOLS,
      config.get(authProtocol),
      'auth_protocol',
      'MD5, SHA, SHA224, SHA256, SHA384 or SHA512',
    ),
  );
  const priv = readSecret(config.get(privKey), 'priv_key', () =>
    among(
      PRIV_PROTOCOLS,
      config.get(privProtocol),
      'priv_protocol',
      'DES, AES, AES256B (Blumenthal) or AES256R (Reeder)',
    ),
  );
  if (priv !== undefined && auth === undefined) throw wrong('"priv_key" needs an "auth_key" beside it');
  return { name, ...(auth && { auth }), ...(priv && { priv }) };
}

function readSecret(key: string | undefined, field: string, protocol: () => number): Secret | undefined {
  if (key === undefined) return undefined;
  if (key.length < SHORTEST_KEY) throw wrong(`"${field}" has less than ${SHORTEST_KEY} characters`);
  return { protocol: protocol(), key };
}

function among<Value>(
  known: ReadonlyMap<string, Value>,
  given: string,
  field: string,
  wanted: string,
): Value {
  const found = known.get(given.toLowerCase());
  if (found === undefined) throw wrong(`"${field}" is "${given}", wanted ${wanted}`);
  return found;
}

function wrong(message: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(message, 'poll_targets');
}
