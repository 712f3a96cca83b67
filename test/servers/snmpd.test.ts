import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseMib } from '../../plugins/snmp_monitor/parse-mib.ts';
import { resolveMibs } from '../../plugins/snmp_monitor/resolve-mibs.ts';
import { SnmpMonitor } from '../../plugins/snmp_monitor/snmp_monitor.ts';
import { wellKnownObjects } from '../../plugins/snmp_monitor/well-known-objects.ts';
import { freePort } from './support/free-port.ts';
import type { ServerProcess } from './support/server-process.ts';
import { serverFolder, startServer } from './support/server-process.ts';
import type { Watched } from './support/watched.ts';
import { namesOf, numberIn, watch } from './support/watched.ts';

const unavailable = inject('serversUnavailable');

/** Where Debian puts the MIBs of Net-SNMP. */
const MIBS = '/usr/share/snmp/mibs';
/** Below it the server runs a script for each value. */
const SCRIPTED = '1.3.6.1.4.1.8072.9999.9999';
const user = {
  username: 'monitor',
  auth_protocol: 'SHA',
  auth_key: 'authentication',
  priv_protocol: 'AES128',
  priv_key: 'encryption key',
};

describe.skipIf(unavailable)(`snmpd${unavailable ? ` (${unavailable})` : ''}`, () => {
  const { folder, remove } = serverFolder('snmpd');
  let port: number;
  let server: ServerProcess;

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(path.join(folder, 'counter'), counterScript);
    chmodSync(path.join(folder, 'counter'), 0o755);
    writeFileSync(path.join(folder, 'tester.conf'), configuration(folder, port));
    server = await start();
  });

  afterAll(async () => {
    await server?.stop();
    remove();
  });

  const start = (): Promise<ServerProcess> =>
    startServer({
      program: 'snmpd',
      args: ['-f', '-Lo', '-C', '-c', path.join(folder, 'tester.conf'), '-m', ''],
      port,
    });

  const poll = (oids: readonly string[], device: object = {}, more: object = {}): Promise<Watched> =>
    watch(SnmpMonitor, {
      oid_groups: { all: oids },
      poll_targets: [
        { targets: [{ host: '127.0.0.1', port, timeout: 10, retries: 0, ...device }], oids: ['all'] },
      ],
      ...more,
    });

  it.each([
    ['SNMPv1', { version: 'SNMPv1' }],
    ['SNMPv2', {}],
    ['SNMPv3', { user }],
    ['SNMPv3 with SHA-512', { user: { ...user, username: 'strong', auth_protocol: 'SHA512' } }],
    ['SNMPv3 with MD5', { user: { ...user, username: 'old', auth_protocol: 'MD5' } }],
    ['SNMPv3 with AES-256', { user: { ...user, username: 'long', priv_protocol: 'AES256' } }],
    ['SNMPv3 with AES-256-C', { user: { ...user, username: 'cisco', priv_protocol: 'AES256C' } }],
    ['SNMPv3, signed only', { user: { username: 'open', auth_key: 'authentication' } }],
  ])('gives values, columns and tables over %s', async (_, device) => {
    const oids = [
      'SNMPv2-MIB::sysName',
      '1.3.6.1.2.1.1.6.0',
      'IF-MIB::ifDescr',
      'HOST-RESOURCES-MIB::hrSystemProcesses',
      'UCD-SNMP-MIB::laTable',
    ];
    const watched = await poll(oids, device);
    const lines = await watched.sample();
    const target = `poll_target="127.0.0.1:${port}"`;
    expect(watched.messages()).toEqual([]);
    expect(lines).toContain(`SNMPv2-MIB__sysName "tester" index="0" oid="SNMPv2-MIB::sysName.0" ${target}`);
    expect(lines).toContain(`sa_1.3.6.1.2.1.1.6.0 "Rack 7, \\"left\\"" oid="1.3.6.1.2.1.1.6.0" ${target}`);
    expect(lines).toContain(`IF-MIB__ifDescr "lo" index="1" oid="IF-MIB::ifDescr.1" ${target}`);
    expect(numberIn(lines, 'HOST-RESOURCES-MIB__hrSystemProcesses')).toBeGreaterThan(0);
    expect(namesOf(lines)).toEqual(
      expect.arrayContaining([
        'UCD-SNMP-MIB__laNames',
        'UCD-SNMP-MIB__laLoadInt',
        'UCD-SNMP-MIB__laLoadFloat',
      ]),
    );
    expect((await watched.sample()).map(withoutValue)).toEqual(
      expect.arrayContaining(lines.map(withoutValue)),
    );
    watched.stop();
  });

  it('keeps every digit of a Counter64', async () => {
    const watched = await poll([`${SCRIPTED}.1.0`, 'IF-MIB::ifHCInOctets.1']);
    const lines = await watched.sample();
    expect(lines[0]).toContain(`sa_${SCRIPTED}.1.0 18446744073709551615 oid="${SCRIPTED}.1.0"`);
    expect(numberIn(lines, 'IF-MIB__ifHCInOctets')).toBeGreaterThanOrEqual(0);
    watched.stop();
  });

  it('knows the names in the MIB files of a folder', async () => {
    const watched = await poll(
      ['NET-SNMP-AGENT-MIB::nsCacheTimeout', 'UCD-SNMP-MIB::versionTag'],
      {},
      { mib_path: MIBS },
    );
    expect(namesOf(await watched.sample())).toEqual([
      'NET-SNMP-AGENT-MIB__nsCacheTimeout',
      'UCD-SNMP-MIB__versionTag',
    ]);
    expect(watched.messages()).toEqual([]);
    watched.stop();
  });

  it('has the names of UCD-SNMP-MIB built in as its file has them', () => {
    const files = readdirSync(MIBS).map((file) => readFileSync(path.join(MIBS, file), 'utf8'));
    const numbers = resolveMibs(files.flatMap(parseMib));
    const builtIn = [...wellKnownObjects].filter(([name]) => name.startsWith('UCD-SNMP-MIB::'));
    expect(builtIn.map(([name]) => [name, numbers.get(name)])).toEqual(builtIn);
  });

  it.each([
    [
      'auth_key',
      { user: { ...user, auth_key: 'not the key' } },
      'the device does not accept the key; correct auth_key',
    ],
    [
      'username',
      { user: { ...user, username: 'nobody' } },
      'the device does not know the user; correct username',
    ],
    ['level', { user: { username: 'monitor' } }, 'authorizationError|give auth_key and priv_key'],
    [
      'priv_key',
      { user: { ...user, priv_key: 'not the key' }, timeout: 0.5 },
      'correct priv_key|the keys and protocols of user: most devices',
    ],
    [
      'kind of AES-256',
      { user: { ...user, username: 'cisco', priv_protocol: 'AES256' }, timeout: 0.5 },
      'correct priv_key and priv_protocol|the keys and protocols of user: most devices',
    ],
    [
      'community',
      { community: 'secret', timeout: 0.5 },
      'and the community: most devices do not answer wrong ones',
    ],
  ])('says once that the %s is wrong', async (_, device, message) => {
    const watched = await poll(['SNMPv2-MIB::sysName'], device);
    expect(await watched.sample()).toEqual([]);
    expect(await watched.sample()).toEqual([]);
    expect(watched.messages()).toEqual([expect.stringMatching(new RegExp(message, 'i'))]);
    watched.stop();
  });

  it('says what this user may not read', async () => {
    const watched = await poll(['SNMPv2-MIB::sysName', 'IF-MIB::ifDescr'], { community: 'onlysystem' });
    expect(namesOf(await watched.sample())).toEqual(['SNMPv2-MIB__sysName']);
    expect(watched.messages()).toEqual([
      `The device "127.0.0.1:${port}" has no value for "IF-MIB::ifDescr"; correct oid_groups, or let this user read them`,
    ]);
    watched.stop();
  });

  it('polls the other devices while one is frozen and one is dead', async () => {
    const dead = await freePort();
    const watched = await watch(SnmpMonitor, {
      oid_groups: { all: ['SNMPv2-MIB::sysName'] },
      poll_targets: [
        {
          targets: [
            { host: '127.0.0.1', port, timeout: 0.3, retries: 1 },
            { host: '127.0.0.1', port: dead },
          ],
          oids: ['all'],
        },
      ],
    });
    expect(await server.frozen(() => watched.sample())).toEqual([]);
    expect(watched.messages()).toEqual([
      expect.stringContaining(`"127.0.0.1:${dead}": nothing listens there`),
      expect.stringContaining(`"127.0.0.1:${port}": no answer, asked 2 times and waited 0.3 s each`),
    ]);
    expect(await watched.sample()).toEqual([expect.stringMatching(/^SNMPv2-MIB__sysName "tester" /)]);
    watched.stop();
  });

  it.each([
    ['SNMPv2', {}],
    ['SNMPv3', { user }],
  ])('goes on over %s with a server that was started again', async (_, device) => {
    const watched = await poll(['SNMPv2-MIB::sysName'], device);
    const before = await watched.sample();
    await server.stop();
    expect(await watched.sample()).toEqual([]);
    server = await start();
    expect(await watched.sample()).toEqual(before);
    expect(watched.messages()).toEqual([expect.stringContaining('nothing listens there')]);
    watched.stop();
  });

  it('leaves no socket open when it is stopped', async () => {
    const watched = await poll(['SNMPv2-MIB::sysName']);
    await watched.sample();
    expect(socketsTo(port)).toBe(1);
    watched.stop();
    await expect.poll(() => socketsTo(port)).toBe(0);
  });
});

/** A line up to its second blank: the name of the metric and not its value, but its fields. */
function withoutValue(line: string): string {
  return `${line.split(' ', 1)[0]} ${line.slice(line.indexOf('index='))}`;
}

/** UDP sockets of this machine that are connected to a loopback port. */
function socketsTo(port: number): number {
  const peer = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const table = existsSync('/proc/net/udp') ? readFileSync('/proc/net/udp', 'utf8') : '';
  return table.split('\n').filter((line) => line.trim().split(/\s+/)[2] === peer).length;
}

/** Answers for one OID, as `pass` in snmpd.conf wants it. */
const counterScript = `#!/bin/sh
case "$1 $2" in
  "-g .${SCRIPTED}.1.0" | "-n .${SCRIPTED}" | "-n .${SCRIPTED}.1")
    printf '%s\\n' .${SCRIPTED}.1.0 counter64 18446744073709551615;;
esac
`;

function configuration(folder: string, port: number): string {
  return `
[snmp] persistentDir ${folder}
[snmp] noPersistentLoad yes
agentaddress udp:127.0.0.1:${port},tcp:127.0.0.1:${port}
rocommunity public 127.0.0.1
rocommunity onlysystem 127.0.0.1 .1.3.6.1.2.1.1
createUser monitor SHA "authentication" AES "encryption key"
createUser strong SHA-512 "authentication" AES "encryption key"
createUser old MD5 "authentication" AES "encryption key"
createUser long SHA "authentication" AES-256 "encryption key"
createUser cisco SHA "authentication" AES-256-C "encryption key"
createUser open MD5 "authentication"
rouser monitor authPriv
rouser strong authPriv
rouser old authPriv
rouser long authPriv
rouser cisco authPriv
rouser open authNoPriv
sysName tester
sysLocation Rack 7, "left"
pass .${SCRIPTED} ${folder}/counter
`;
}
