import { isIPv6 } from 'node:net';
import { BadMonitorConfiguration, MonitorConfig } from 'scalyr-otel-bridge';
import type { ConfigLookup, ConfigObject, ConfigValue } from 'scalyr-otel-bridge';
import { isObject } from './is-object.ts';
import { readUser, unknownUserSettings } from './user.ts';
import type { User } from './user.ts';

/** How a device is asked. */
export interface DeviceSettings {
  /** The host, and the port unless it is the usual one: `192.0.2.1`, `[2001:db8::1]:1161`. */
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

const USUAL_PORT = 161;

const SETTINGS = {
  host: { convertTo: 'string', required: true },
  port: { convertTo: 'int', default: USUAL_PORT, minValue: 1, maxValue: 65_535 },
  version: { convertTo: 'string' },
  timeout: { convertTo: 'float', default: 1, minValue: 0.01, maxValue: 300 },
  retries: { convertTo: 'int', default: 3, minValue: 0, maxValue: 100 },
  community: { convertTo: 'string', default: 'public' },
  user: {},
} as const satisfies Readonly<Record<string, ConfigLookup>>;

const VERSIONS = new Map<string, 1 | 2 | 3>([
  ['snmpv1', 1],
  ['snmpv2', 2],
  ['snmpv2c', 2],
  ['snmpv3', 3],
]);

/** An element of `targets`. Throws BadMonitorConfiguration, which shows neither community nor keys. */
export function readDevice(entry: ConfigObject): DeviceSettings {
  const config = new MonitorConfig(entry, { module: 'snmp_monitor' });
  const host = config.get('host', SETTINGS.host);
  const port = config.get('port', SETTINGS.port);
  return {
    name: nameOf(host, port),
    host,
    port,
    timeoutSecs: config.get('timeout', SETTINGS.timeout),
    retries: config.get('retries', SETTINGS.retries),
    access: readAccess(config),
  };
}

/** Names in an element of `targets` that mean nothing here: `hostt`, `user.name`. */
export function unknownSettings(entry: ConfigObject): string[] {
  const { user = null } = entry;
  return [
    ...Object.keys(entry).filter((name) => !Object.hasOwn(SETTINGS, name)),
    ...(isObject(user) ? unknownUserSettings(user).map((name) => `user.${name}`) : []),
  ];
}

function nameOf(host: string, port: number): string {
  if (port === USUAL_PORT) return host;
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

function readAccess(config: MonitorConfig): Access {
  const user = config.get('user', SETTINGS.user);
  const given = config.get('version', SETTINGS.version) ?? (user === undefined ? 'SNMPv2' : 'SNMPv3');
  const version = VERSIONS.get(given.toLowerCase());
  if (version === undefined) throw wrong(`"version" is "${given}", wanted SNMPv1, SNMPv2 or SNMPv3`);
  if (version === 3) return { version, user: readUser(objectOf(user)) };
  if (user !== undefined) {
    throw wrong(`"user" is for SNMPv3, and "version" is "${given}"; leave out one of the two`);
  }
  return { version, community: config.get('community', SETTINGS.community) };
}

function objectOf(user: ConfigValue | undefined): ConfigObject {
  if (user === undefined) throw wrong(`"version" SNMPv3 needs a "user" beside it, ${EXAMPLE}`);
  if (!isObject(user)) throw wrong(`"user" must be an object, ${EXAMPLE}`);
  return user;
}

const EXAMPLE = 'as { "username": "monitor", "auth_protocol": "SHA", "auth_key": "…" }';

function wrong(message: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(message, 'poll_targets');
}
