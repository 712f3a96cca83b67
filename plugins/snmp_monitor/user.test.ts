import * as snmp from 'net-snmp';
import { describe, expect, it } from 'vitest';
import { readUser } from './user.ts';

const { AuthProtocols, PrivProtocols } = snmp;
const signed = { auth_key: 'authentication' };
const encrypted = { ...signed, priv_key: 'encryption key' };

describe('readUser', () => {
  it('neither signs nor encrypts without keys, and has an empty name where none is given', () => {
    expect(readUser({})).toEqual({ name: '' });
  });

  it('signs with MD5 and encrypts with DES where there are keys only', () => {
    expect(readUser({ username: 'monitor', ...encrypted })).toEqual({
      name: 'monitor',
      auth: { protocol: AuthProtocols.md5, key: 'authentication' },
      priv: { protocol: PrivProtocols.des, key: 'encryption key' },
    });
  });

  it.each([
    ['MD5', AuthProtocols.md5],
    ['SHA', AuthProtocols.sha],
    ['SHA224', AuthProtocols.sha224],
    ['sha256', AuthProtocols.sha256],
    ['SHA384', AuthProtocols.sha384],
    ['SHA512', AuthProtocols.sha512],
    ['None', undefined],
  ])('signs with %s', (word, protocol) => {
    expect(readUser({ ...signed, auth_protocol: word }).auth?.protocol).toBe(protocol);
  });

  it.each([
    ['DES', PrivProtocols.des],
    ['AES', PrivProtocols.aes],
    ['AES128', PrivProtocols.aes],
    ['AES256', PrivProtocols.aes256b],
    ['aes256c', PrivProtocols.aes256r],
    ['None', undefined],
  ])('encrypts with %s', (word, protocol) => {
    expect(readUser({ ...encrypted, priv_protocol: word }).priv?.protocol).toBe(protocol);
  });

  it.each([
    [
      { ...encrypted, priv_protocol: '3DES' },
      '"user": "priv_protocol" is "3DES", which the package net-snmp does not have; wanted None, DES, AES128, AES256 or ' +
        'AES256C, and the same for this user on the device',
    ],
    [
      { ...encrypted, priv_protocol: 'AES192' },
      '"priv_protocol" is "AES192", which the package net-snmp does',
    ],
    [{ ...signed, auth_protocol: 'ROT13' }, 'wanted None, MD5, SHA, SHA224, SHA256, SHA384 or SHA512, and'],
    [{ auth_protocol: 'SHA' }, '"auth_protocol" is "SHA", which needs the "auth_key" beside it'],
    [
      { ...signed, priv_protocol: 'AES128' },
      '"priv_protocol" is "AES128", which needs the "priv_key" beside it',
    ],
    [{ auth_key: 'short' }, '"auth_key" has less than 8 characters'],
    [{ ...signed, priv_key: 'short' }, '"priv_key" has less than 8 characters'],
    [{ priv_key: 'encryption key' }, 'SNMPv3 encrypts nothing that is not signed'],
    [{ ...encrypted, auth_protocol: 'None' }, '"priv_key" needs an "auth_key" beside it'],
  ])('refuses %j', (entry, message) => {
    expect(() => readUser(entry)).toThrow(message);
  });
});
