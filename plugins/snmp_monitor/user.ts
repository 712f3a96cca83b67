import { BadMonitorConfiguration, MonitorConfig } from 'scalyr-otel-bridge';
import type { ConfigLookup, ConfigObject } from 'scalyr-otel-bridge';

/** Who asks over SNMPv3. Signs when there is `auth`, and encrypts when there is `priv`, which needs `auth`. */
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

const SETTINGS = {
  username: { convertTo: 'string', default: '' },
  auth_key: { convertTo: 'string', default: '' },
  auth_protocol: { convertTo: 'string' },
  priv_key: { convertTo: 'string', default: '' },
  priv_protocol: { convertTo: 'string' },
} as const satisfies Readonly<Record<string, ConfigLookup>>;

/** What a user does with a key. */
interface Purpose {
  readonly name: 'auth' | 'priv';
  /** The protocol when there is a key and nothing else is said. */
  readonly usual: string;
  readonly protocols: ReadonlyMap<string, number>;
  /** For messages: the protocols there are. */
  readonly wanted: string;
}

const NONE = 1;

const AUTH: Purpose = {
  name: 'auth',
  usual: 'MD5',
  protocols: new Map([
    ['none', NONE],
    ['md5', 2],
    ['sha', 3],
    ['sha224', 4],
    ['sha256', 5],
    ['sha384', 6],
    ['sha512', 7],
  ]),
  wanted: 'None, MD5, SHA, SHA224, SHA256, SHA384 or SHA512',
};

/**
 * What MD5 and SHA make of a key is too short for AES256, and there are two ways to make it longer. Net-SNMP says AES-256
 * where it is Blumenthal's, and AES-256-C where it is Reeder's, which Cisco's devices have.
 */
const PRIV: Purpose = {
  name: 'priv',
  usual: 'DES',
  protocols: new Map([
    ['none', NONE],
    ['des', 2],
    ['aes', 4],
    ['aes128', 4],
    ['aes256', 6],
    ['aes256c', 8],
  ]),
  wanted: 'None, DES, AES128, AES256 or AES256C',
};

/** RFC 3414 wants no shorter one, and Net-SNMP takes no shorter one. */
const SHORTEST_KEY = 8;

/** The setting `user` of a device. Throws BadMonitorConfiguration, which shows no keys. */
export function readUser(entry: ConfigObject): User {
  const config = new MonitorConfig(entry, { module: 'snmp_monitor' });
  const auth = readSecret(config, AUTH);
  const priv = readSecret(config, PRIV);
  if (priv !== undefined && auth === undefined) {
    throw wrong('"priv_key" needs an "auth_key" beside it: SNMPv3 encrypts nothing that is not signed');
  }
  return { name: config.get('username', SETTINGS.username), ...(auth && { auth }), ...(priv && { priv }) };
}

/** Names in `user` that mean nothing here. */
export function unknownUserSettings(entry: ConfigObject): string[] {
  return Object.keys(entry).filter((name) => !Object.hasOwn(SETTINGS, name));
}

function readSecret(config: MonitorConfig, { name, usual, protocols, wanted }: Purpose): Secret | undefined {
  const key = config.get(`${name}_key`, SETTINGS[`${name}_key`]);
  const given = config.get(`${name}_protocol`, SETTINGS[`${name}_protocol`]);
  const protocol = given ?? (key === '' ? 'None' : usual);
  const number = protocols.get(protocol.toLowerCase());
  if (number === undefined) {
    throw wrong(
      `"${name}_protocol" is "${protocol}", which the package net-snmp does not have; wanted ${wanted}, and the same ` +
        'for this user on the device',
    );
  }
  if (number === NONE) return undefined;
  if (key === '') throw wrong(`"${name}_protocol" is "${protocol}", which needs the "${name}_key" beside it`);
  if (key.length < SHORTEST_KEY) throw wrong(`"${name}_key" has less than ${SHORTEST_KEY} characters`);
  return { protocol: number, key };
}

function wrong(message: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`"user": ${message}`, 'poll_targets');
}
