import type { DeviceSettings } from './device-settings.ts';

/** The device could not be asked. The message is for the user. */
export class SnmpFailure extends Error {}

/** The device answered that it does not give what was asked for. */
export class SnmpRefusal extends Error {
  /** In the words of RFC 3416: `NoSuchName`, `TooBig`, `AuthorizationError`. */
  readonly status: string;

  constructor(status: string, options?: ErrorOptions) {
    super(`the device answers ${status}`, options);
    this.status = status;
  }
}

/** Codes of the network, and what to do about them. */
const OF_THE_NETWORK = new Map([
  ['ECONNREFUSED', 'nothing listens there; start SNMP on the device, or correct host and port'],
  ['ENOTFOUND', 'the host is not known; correct host'],
  ['EAI_AGAIN', 'the host cannot be looked up; check DNS, or give an address as host'],
  ['EHOSTUNREACH', 'the host cannot be reached; correct host, or mend the network'],
  ['ENETUNREACH', 'the network cannot be reached; correct host, or mend the network'],
  ['EACCES', 'this machine does not let packets out to it; allow that in its firewall'],
  ['EPERM', 'this machine does not let packets out to it; allow that in its firewall'],
]);

/** What a device reports about a user of SNMPv3, as net-snmp words it, and what to do about it. */
const OF_THE_USER: readonly (readonly [said: RegExp, meaning: string])[] = [
  [/^Unknown User Name/, 'the device does not know the user; correct username, or create the user there'],
  [
    /^Unsupported Security Level/,
    'the device does not let this user in so; give auth_key and priv_key, or neither, as the user has them there',
  ],
  [/^Wrong Digest|digest/, 'the device does not accept the key; correct auth_key and auth_protocol'],
  [/^Decryption Error|decrypt/i, 'the device cannot decrypt; correct priv_key and priv_protocol'],
  [/Time ?Window/i, 'the clocks of the device and of this session differ; it is asked anew'],
];

/** Says what an error of the package `net-snmp`, or of a socket, means. It holds neither community nor keys. */
export function explain(error: unknown, { access, timeoutSecs, retries }: DeviceSettings): Error {
  if (error instanceof SnmpFailure) return error;
  const { name = '', message = '', code, status } = readError(error);
  if (name === 'RequestFailedError') {
    return new SnmpRefusal(message.split(':', 1)[0] || `error ${String(status)}`, { cause: error });
  }
  if (name === 'RequestTimedOutError') {
    const tries = retries + 1;
    const secret = access.version === 3 ? 'the keys' : 'the community';
    return new SnmpFailure(
      `no answer, asked ${tries} ${tries === 1 ? 'time' : 'times'} and waited ${timeoutSecs} s each; check host and port, ` +
        `that the device lets this machine ask over UDP, and ${secret}: most devices do not answer wrong ones`,
      { cause: error },
    );
  }
  const ofTheNetwork = typeof code === 'string' ? OF_THE_NETWORK.get(code) : undefined;
  if (ofTheNetwork !== undefined)
    return new SnmpFailure(`${ofTheNetwork} (${String(code)})`, { cause: error });
  if (access.version === 3) {
    const ofTheUser = OF_THE_USER.find(([said]) => said.test(message))?.[1];
    if (ofTheUser !== undefined) return new SnmpFailure(ofTheUser);
  }
  return new SnmpFailure(
    `what comes back is no proper answer (${name || 'error'}); check that SNMP answers at this host and port`,
  );
}

interface ErrorParts {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly status?: unknown;
}

function readError(error: unknown): ErrorParts {
  return error instanceof Error ? error : {};
}
