import { describe, expect, it } from 'vitest';
import { readDevice, unknownSettings } from './device-settings.ts';

describe('readDevice', () => {
  it('asks port 161 with SNMPv2 and the community public, waits a second, and asks three times more', () => {
    expect(readDevice({ host: 'router' })).toEqual({
      name: 'router',
      host: 'router',
      port: 161,
      timeoutSecs: 1,
      retries: 3,
      access: { version: 2, community: 'public' },
    });
  });

  it.each([
    [{ host: 'router', port: 161 }, 'router'],
    [{ host: 'router', port: 1161 }, 'router:1161'],
    [{ host: '2001:db8::1' }, '2001:db8::1'],
    [{ host: '2001:db8::1', port: 1161 }, '[2001:db8::1]:1161'],
  ])('names a device by its host, and by the port where it is another than 161: %j', (entry, name) => {
    expect(readDevice(entry).name).toBe(name);
  });

  it.each([
    ['SNMPv1', 1],
    ['SNMPv2', 2],
    ['snmpv2c', 2],
  ])('takes %s', (version, expected) => {
    expect(readDevice({ host: 'router', version, community: 'secret' }).access).toEqual({
      version: expected,
      community: 'secret',
    });
  });

  it.each([[{}], [{ version: 'SNMPv3' }]])('asks with SNMPv3 where there is a user, also with %j', (more) => {
    expect(readDevice({ host: 'router', user: { username: 'monitor' }, ...more }).access).toEqual({
      version: 3,
      user: { name: 'monitor' },
    });
  });

  it.each([
    [{}, 'Missing required field "host"'],
    [{ host: 'a', port: 0 }, 'Value of 0 in field "port" is invalid; minimum is 1'],
    [{ host: 'a', version: '4' }, '"version" is "4", wanted SNMPv1, SNMPv2 or SNMPv3'],
    [
      { host: 'a', version: 'SNMPv3' },
      '"version" SNMPv3 needs a "user" beside it, as { "username": "monitor"',
    ],
    [{ host: 'a', user: 'monitor' }, '"user" must be an object, as { "username": "monitor"'],
    [
      { host: 'a', version: 'SNMPv2', user: {} },
      '"user" is for SNMPv3, and "version" is "SNMPv2"; leave out one of the two',
    ],
  ])('refuses %j', (entry, message) => {
    expect(() => readDevice(entry)).toThrow(message);
  });
});

describe('unknownSettings', () => {
  it('names what means nothing, in the user too', () => {
    const entry = { host: 'a', port: 161, username: 'monitor', user: { username: 'monitor', key: 'secret' } };
    expect(unknownSettings(entry)).toEqual(['username', 'user.key']);
  });
});
