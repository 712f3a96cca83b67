import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import * as snmp from 'net-snmp';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { afterEach, describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { SnmpMonitor } from './snmp_monitor.ts';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const AUTH_KEY = 'authentication';
const PRIV_KEY = 'encryption key';

/** A device on loopback, made of the agent of net-snmp: an uptime, and interfaces with counters of 64 bits. */
async function startDevice(fixedPort = 0): Promise<number> {
  const socket = createSocket('udp4');
  const bind = socket.bind.bind(socket);
  socket.bind = () => bind(fixedPort, '127.0.0.1');
  const agent = snmp.createAgent(
    { dgramModule: { createSocket: () => socket }, engineID: '8000B98380000000000000000000000000' },
    () => undefined,
  );
  agent.getAuthorizer().addCommunity('public');
  agent.getAuthorizer().addUser({
    name: 'monitor',
    level: snmp.SecurityLevel.authPriv,
    authProtocol: snmp.AuthProtocols.sha,
    authKey: AUTH_KEY,
    privProtocol: snmp.PrivProtocols.aes,
    privKey: PRIV_KEY,
  });
  fill(agent.getMib());
  closing.push(() => socket.close());
  await once(socket, 'listening');
  return socket.address().port;
}

function fill(mib: ReturnType<ReturnType<typeof snmp.createAgent>['getMib']>): void {
  const readOnly = snmp.MaxAccess['read-only'];
  mib.registerProvider({
    name: 'sysUpTime',
    type: snmp.MibProviderType.Scalar,
    oid: '1.3.6.1.2.1.1.3',
    scalarType: snmp.ObjectType.TimeTicks,
    maxAccess: readOnly,
  });
  mib.setScalarValue('sysUpTime', 4711);
  mib.registerProvider({
    name: 'ifXEntry',
    type: snmp.MibProviderType.Table,
    oid: '1.3.6.1.2.1.31.1.1.1',
    maxAccess: snmp.MaxAccess['not-accessible'],
    tableColumns: [
      { number: 1, name: 'ifName', type: snmp.ObjectType.OctetString, maxAccess: readOnly },
      { number: 6, name: 'ifHCInOctets', type: snmp.ObjectType.Counter64, maxAccess: readOnly },
    ],
    tableIndex: [{ columnName: 'ifName' }],
  });
  mib.addTableRow('ifXEntry', ['a', Buffer.from('ffffffffffffffff', 'hex')]);
  mib.addTableRow('ifXEntry', ['b', Buffer.from('0000000000000007', 'hex')]);
}

/** A device that does with each datagram what `answer` says. */
async function startStrange(answer: (request: Buffer) => Buffer | undefined): Promise<number> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (request, { port, address }) => {
    const reply = answer(request);
    if (reply !== undefined) socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  closing.push(() => socket.close());
  await once(socket, 'listening');
  return socket.address().port;
}

interface Settings {
  readonly oids?: readonly string[];
  readonly devices: readonly ConfigObject[];
  readonly more?: Readonly<Record<string, number>>;
}

const UPTIME = ['SNMPv2-MIB::sysUpTime'];

async function make({ oids = UPTIME, devices, more = {} }: Settings) {
  const config = {
    oid_groups: { all: oids },
    poll_targets: [{ targets: devices.map((device) => ({ host: '127.0.0.1', ...device })), oids: ['all'] }],
    ...more,
  };
  const context = new RecordingContext({ module: 'snmp_monitor', config });
  const monitor = new SnmpMonitor(context);
  await monitor.initialize();
  closing.push(() => context.stopping.abort());
  return {
    monitor,
    context,
    lines: () => context.lines.map((line) => line.slice(line.indexOf(')] ') + 3).trimEnd()),
    messages: () => context.diagnostics.map(({ message }) => message),
  };
}

const user = {
  username: 'monitor',
  auth_protocol: 'SHA',
  auth_key: AUTH_KEY,
  priv_protocol: 'AES128',
  priv_key: PRIV_KEY,
};
/** Waits longer than any test may last. */
const patient = { timeout: 300, retries: 0 };

describe('snmp_monitor', () => {
  it.each([
    ['SNMPv1', { version: 'SNMPv1' }],
    ['SNMPv2', { version: 'snmpv2c' }],
    ['SNMPv3', { user }],
  ])('asks a device for values and columns with %s', async (_, access) => {
    const port = await startDevice();
    const oids = ['SNMPv2-MIB::sysUpTime', 'IF-MIB::ifXTable', '1.3.6.1.2.1.1.3.0', '1.3.6.1.9'];
    const { monitor, lines, messages } = await make({ oids, devices: [{ port, ...access }] });
    const target = `poll_target="127.0.0.1:${port}"`;
    const expected = [
      `sa_1.3.6.1.2.1.1.3.0 4711 oid="1.3.6.1.2.1.1.3.0" ${target}`,
      `SNMPv2-MIB__sysUpTime 4711 index="0" oid="SNMPv2-MIB::sysUpTime.0" ${target}`,
      `IF-MIB__ifName "a" index="1.97" oid="IF-MIB::ifName.1.97" ${target}`,
      `IF-MIB__ifName "b" index="1.98" oid="IF-MIB::ifName.1.98" ${target}`,
      `IF-MIB__ifHCInOctets 18446744073709551615 index="1.97" oid="IF-MIB::ifHCInOctets.1.97" ${target}`,
      `IF-MIB__ifHCInOctets 7 index="1.98" oid="IF-MIB::ifHCInOctets.1.98" ${target}`,
    ];
    await monitor.gatherSample();
    expect(lines()).toEqual(expected);
    await monitor.gatherSample();
    expect(lines()).toEqual([...expected, ...expected]);
    expect(messages()).toEqual([expect.stringContaining('has no value for "1.3.6.1.9"')]);
  });

  it('asks several devices, and one that does not answer holds up none of them', async () => {
    const silent = await startStrange(() => undefined);
    const [one, other] = [await startDevice(), await startDevice()];
    const devices = [{ port: silent, ...patient }, { port: one }, { port: other }];
    const { monitor, context, lines, messages } = await make({ devices });
    const sample = monitor.gatherSample();
    await expect.poll(lines, { timeout: 4000 }).toHaveLength(2);
    context.stopping.abort();
    await sample;
    expect(messages()).toEqual([]);
  });

  it('ends a sample before the next one is due', async () => {
    const port = await startStrange(() => undefined);
    const more = { sample_interval: 0.2 };
    const { monitor, messages } = await make({ devices: [{ port, ...patient }], more });
    await monitor.gatherSample();
    expect(messages()).toEqual([
      `Cannot poll the device "127.0.0.1:${port}": not all answers came within 0.18 s; raise sample_interval, or poll ` +
        'less, or lower timeout and retries',
    ]);
  });

  it('says once in a while that a device does not answer, as when the community is wrong', async () => {
    const port = await startDevice();
    const device = { port, community: 'secret', timeout: 0.02, retries: 1 };
    const { monitor, messages, lines } = await make({ devices: [device] });
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(messages()).toEqual([
      `Cannot poll the device "127.0.0.1:${port}": no answer, asked 2 times and waited 0.02 s each; check host and port, ` +
        'that the device lets this machine ask over UDP, and the community: most devices do not answer wrong ones',
    ]);
    expect(lines()).toEqual([]);
  });

  it('says that a device does not know the user', async () => {
    const port = await startDevice();
    const { monitor, messages } = await make({
      devices: [{ port, user: { ...user, username: 'nobody' }, ...patient }],
    });
    await monitor.gatherSample();
    expect(messages()).toEqual([
      `Cannot poll the device "127.0.0.1:${port}": the device does not know the user; correct username, or create the ` +
        'user there',
    ]);
  });

  it('says what to do about DES, which is the default and which Node does not know any more', async () => {
    const port = await startDevice();
    const keysOnly = { username: 'monitor', auth_key: AUTH_KEY, priv_key: PRIV_KEY };
    const { monitor, messages } = await make({ devices: [{ port, user: keysOnly, ...patient }] });
    await monitor.gatherSample();
    expect(messages()).toEqual([
      `Cannot poll the device "127.0.0.1:${port}": Node does not know DES any more; set priv_protocol to AES128, here and ` +
        'on the device, or start the collector with NODE_OPTIONS=--openssl-legacy-provider (ERR_OSSL_EVP_UNSUPPORTED)',
    ]);
  });

  it('says at once when nothing listens, and goes on when something does', async () => {
    const port = await startDevice();
    closing.pop()?.();
    const { monitor, lines, messages } = await make({ devices: [{ port, ...patient }] });
    await monitor.gatherSample();
    await startDevice(port);
    await monitor.gatherSample();
    expect(messages()).toEqual([
      `Cannot poll the device "127.0.0.1:${port}": nothing listens there; start SNMP on the device, or correct host and ` +
        'port (ECONNREFUSED)',
    ]);
    expect(lines()).toEqual([
      `SNMPv2-MIB__sysUpTime 4711 index="0" oid="SNMPv2-MIB::sysUpTime.0" poll_target="127.0.0.1:${port}"`,
    ]);
  });

  it.each<[string, (request: Buffer) => Buffer]>([
    ['bytes that are no SNMP', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an answer that is cut off', (request) => withType(0xa2, request).subarray(0, -3)],
    ['a report as SNMPv3 has it', (request) => withType(0xa8, request)],
    ['a question', (request) => withType(0xa0, request)],
  ])('takes %s for no proper answer', async (_, answer) => {
    const port = await startStrange(answer);
    const { monitor, messages, lines } = await make({ devices: [{ port, ...patient }] });
    await monitor.gatherSample();
    expect(lines()).toEqual([]);
    expect(messages()).toEqual([expect.stringContaining('what comes back is no proper answer')]);
  });

  it('ends a walk that comes back to where it was', async () => {
    const port = await startStrange((request) => withType(0xa2, request));
    const { monitor, messages, lines } = await make({ devices: [{ port, ...patient }] });
    await monitor.gatherSample();
    expect(lines()).toEqual([]);
    expect(messages()).toEqual([
      `The device "127.0.0.1:${port}" does not give "SNMPv2-MIB::sysUpTime": the device answers values in no order; its ` +
        'SNMP is broken there; poll single values',
    ]);
  });

  it.each([
    [{ poll_targets: [] }, 'wanted at least one object, found an empty list'],
    [{ poll_targets: ['router'] }, 'element 1: wanted an object with "targets" and "oids"'],
    [
      { poll_targets: [{ targets: [], oids: ['a'] }] },
      '"targets" must be a list of devices, as [{ "host": "192.0.2.1" }]',
    ],
    [{ poll_targets: [{ targets: [{ host: 'x' }] }] }, '"oids" must be a list of names of groups'],
    [
      { poll_targets: [{ targets: [{ host: 'x' }], oids: ['b'] }] },
      '"oids" names "b", and oid_groups has "a"',
    ],
    [
      { oid_groups: { a: '1.3.6' } },
      'Cannot use group "a" of "oid_groups": wanted a list of texts, as ["1.3.6.1.2.1.1.3"',
    ],
    [{ poll_targets: [{ targets: [{}], oids: ['a'] }] }, 'target 1: Missing required field "host"'],
    [
      { poll_targets: [{ targets: [{ host: 'x', user: { auth_key: 'short' } }], oids: ['a'] }] },
      'element 1, target 1: "user": "auth_key" has less than 8 characters',
    ],
  ])('refuses %j', (config, message) => {
    const entry = { oid_groups: { a: ['1.3.6'] }, poll_targets: [], ...config };
    const context = new RecordingContext({ module: 'snmp_monitor', config: entry });
    expect(() => new SnmpMonitor(context)).toThrow(message);
  });

  it('refuses a name that no MIB has, before it asks anybody', async () => {
    await expect(make({ oids: ['CISCO-MIB::cpu'], devices: [{}] })).rejects.toThrow(
      'Cannot poll "CISCO-MIB::cpu": there is no CISCO-MIB; put the file of this MIB, as text, into the folder mib_path',
    );
  });
});

/** A request with another type of PDU: the first byte from 0xa0 on, behind version and community. */
function withType(type: number, request: Buffer): Buffer {
  const at = request.findIndex((byte) => byte >= 0xa0);
  return Buffer.concat([request.subarray(0, at), Buffer.of(type), request.subarray(at + 1)]);
}
