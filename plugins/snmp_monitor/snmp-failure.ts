import type { DeviceSettings } from './device-settings.ts';

/** The device could not be asked. The message is for the user. */
export class SnmpFailure extends Error {}

/** The device answered, but does not give what was asked for. The message is for the user. */
export class SnmpRefusal extends Error {
  /** In the words of RFC 3416: `NoSuchName`, `TooBig`, `AuthorizationError`. */
  readonly status: string;

  constructor(status: string, options?: ErrorOptions) {
    const hint = OF_A_REFUSAL.get(status) ?? 'look into the log of the device';
    super(`the device answers ${status}; ${hint}`, options);
    this.status = status;
  }
}

const OF_A_REFUSAL = new Map([
  ['AuthorizationError', 'let this user read it'],
  ['NoAccess', 'let this user read it'],
  ['TooBig', 'it cannot be polled'],
  ['values in no order', 'its SNMP is broken there; poll single values'],
]);

/** Codes of the network and of OpenSSL, and what to do about them. */
const BY_CODE = new Map([
  ['ECONNREFUSED', 'nothing listens there; start SNMP on the device, or correct host and port'],
  ['ENOTFOUND', 'the host is not known; correct host'],
  ['EAI_AGAIN', 'the host cannot be looked up; check DNS, or give an address as host'],
  ['EHOSTUNREACH', 'the host cannot be reached; correct host, or mend the network'],
  ['ENETUNREACH', 'the network cannot be reached; correct host, or mend the network'],
  ['EACCES', 'this machine does not let packets out to it; allow that in its firewall'],
  ['EPERM', 'this machine does not let packets out to it; allow that in its firewall'],
  [
    'ERR_OSSL_EVP_UNSUPPORTED',
    'Node does not know DES any more; set priv_protocol to AES128, here and on the device, or start the collector with ' +
      'NODE_OPTIONS=--openssl-legacy-provider',
  ],
]);

/** What a device reports about a user of SNMPv3, as net-snmp words it, and what to do about it. */
const OF_THE_USER: readonly (readonly [said: RegExp, meaning: string])[] = [
  [/^Unknown User Name/, 'the device does not know the user; correct username, or create the user there'],
  [
    /^Unsupported Security Level/,
    'the device does not let this user in so; give auth_key and priv_key, or neither, as the user has them there',
  ],
  [/digest/i, 'the device does not accept the key; correct auth_key and auth_protocol'],
  [/decrypt/i, 'the device cannot decrypt; correct priv_key and priv_protocol'],
  [/Time ?Window/i, 'the clocks of the device and of this session differ; it is asked anew'],
];

/** Says what an error of the package `net-snmp`, or of a socket, means. It holds neither community nor keys. */
export function explain(error: unknown, settings: DeviceSettings): Error {
  if (error instanceof SnmpFailure) return error;
  const { name, message, code } = readError(error);
  if (name === 'RequestFailedError') return new SnmpRefusal(message.split(':', 1)[0] ?? '', { cause: error });
  if (name === 'RequestTimedOutError') return noAnswer(settings);
  const meaning = BY_CODE.get(code);
  if (meaning !== undefined) return new SnmpFailure(`${meaning} (${code})`, { cause: error });
  const ofTheUser = OF_THE_USER.find(([said]) => settings.access.version === 3 && said.test(message))?.[1];
  return ofTheUser === undefined ? noProperAnswer(name, message, settings) : new SnmpFailure(ofTheUser);
}

function noAnswer({ access, timeoutSecs, retries }: DeviceSettings): SnmpFailure {
  const tries = retries === 0 ? '1 time' : `${retries + 1} times`;
  const secret = access.version === 3 ? 'the keys and protocols of user' : 'the community';
  return new SnmpFailure(
    `no answer, asked ${tries} and waited ${timeoutSecs} s each; check host and port, that the device lets this machine ` +
      `ask over UDP, and ${secret}: most devices do not answer wrong ones`,
  );
}

/** The package quotes the community where it differs. */
function noProperAnswer(name: string, message: string, { access }: DeviceSettings): SnmpFailure {
  const found = access.version !== 3 && message.includes(access.community) ? name : message;
  return new SnmpFailure(
    `what comes back is no proper answer (${found}); check that SNMP answers at this host and port`,
  );
}

function readError(error: unknown): { name: string; message: string; code: string } {
  if (!(error instanceof Error)) return { name: '', message: String(error), code: '' };
  const { name, message } = error;
  return { name, message, code: 'code' in error && typeof error.code === 'string' ? error.code : '' };
}
