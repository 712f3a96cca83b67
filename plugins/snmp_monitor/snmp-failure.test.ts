import { describe, expect, it } from 'vitest';
import type { DeviceSettings } from './device-settings.ts';
import { explain, SnmpFailure, SnmpRefusal } from './snmp-failure.ts';

const byCommunity: DeviceSettings = {
  name: 'a',
  host: 'a',
  port: 161,
  timeoutSecs: 1,
  retries: 3,
  access: { version: 2, community: 'secret' },
};
const byUser: DeviceSettings = { ...byCommunity, access: { version: 3, user: { name: 'me' } } };

const error = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

describe('explain', () => {
  it.each([
    ['Wrong Digest (incorrect password, community or key)', 'correct auth_key and auth_protocol'],
    [
      'Authentication digest 00 received in message does not match digest 01',
      'correct auth_key and auth_protocol',
    ],
    ['Unknown User Name', 'correct username, or create the user there'],
    ['Unsupported Security Level', 'give auth_key and priv_key, or neither'],
    ['Decryption Error', 'correct priv_key and priv_protocol'],
    ['Failed to decrypt PDU: Error: wrong final block length', 'correct priv_key and priv_protocol'],
    ['Not In Time Window', 'the clocks of the device and of this session differ; it is asked anew'],
  ])('says what to do about a user of whom the device says "%s"', (message, expected) => {
    const failure = explain(error('ResponseInvalidError', message), byUser);
    expect(failure).toBeInstanceOf(SnmpFailure);
    expect(failure.message).toContain(expected);
  });

  it.each([
    ['ENOTFOUND', 'the host is not known; correct host (ENOTFOUND)'],
    [
      'ECONNREFUSED',
      'nothing listens there; start SNMP on the device, or correct host and port (ECONNREFUSED)',
    ],
    ['EPERM', 'this machine does not let packets out to it; allow that in its firewall (EPERM)'],
  ])('says what %s means', (code, expected) => {
    expect(explain(error('Error', 'x', { code }), byCommunity).message).toBe(expected);
  });

  it.each([
    [byCommunity, 'the community: most devices do not answer wrong ones'],
    [byUser, 'the keys and protocols of user: most devices do not answer wrong ones'],
  ])('says what may be wrong when no answer comes', (settings, expected) => {
    expect(explain(error('RequestTimedOutError', 'Request timed out'), settings).message).toBe(
      'no answer, asked 4 times and waited 1 s each; check host and port, that the device lets this machine ask over UDP, ' +
        `and ${expected}`,
    );
  });

  it('knows a refusal by its status', () => {
    const refusal = explain(error('RequestFailedError', 'AuthorizationError: 1.3.6', { status: 16 }), byUser);
    expect(refusal).toBeInstanceOf(SnmpRefusal);
    expect(refusal.message).toBe('the device answers AuthorizationError; let this user read it');
  });

  it('shows no community', () => {
    const mismatch = error(
      'ResponseInvalidError',
      "Community 'secret' in request does not match community 'x'",
    );
    expect(explain(mismatch, byCommunity).message).toBe(
      'what comes back is no proper answer (ResponseInvalidError); check that SNMP answers at this host and port',
    );
  });
});
