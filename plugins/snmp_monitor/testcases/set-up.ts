import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleInput } from '../../../test/unit/plugins/run-testcase.ts';
import type { Varbind } from '../driver.ts';
import { explain } from '../snmp-failure.ts';
import type { SnmpMonitor } from '../snmp_monitor.ts';
import type { SnmpSession } from '../snmp-session.ts';

/**
 * Devices whose values stand in a file: those of `switch-1:161` in `switch-1.snmp`, in the form that `snmpwalk -On -OXe`
 * prints: `.1.3.6.1.2.1.1.3.0 = Timeticks: 8640000`. A host without a file does not answer.
 */
export function setUp(monitor: SnmpMonitor, { folder }: SampleInput): void {
  current.set(monitor, folder);
  monitor.openSession = async (_driver, settings): Promise<SnmpSession> => ({
    isOpen: true,
    close: () => {},
    get: async (oids) => {
      const values = readDevice(current.get(monitor) ?? '', settings.host);
      if (values === undefined) throw explain(timedOut, settings);
      return oids.map(
        (oid) => values.find((value) => value.oid === oid) ?? { oid, type: NO_SUCH_INSTANCE, value: null },
      );
    },
    walk: async (oid, take) => {
      const values = readDevice(current.get(monitor) ?? '', settings.host) ?? [];
      take(values.filter((value) => value.oid.startsWith(`${oid}.`)));
    },
  });
}

/** The folder of the current sample; the sessions of the first one stay. */
const current = new WeakMap<SnmpMonitor, string>();

const timedOut = Object.assign(new Error('Request timed out'), { name: 'RequestTimedOutError' });

const NO_SUCH_INSTANCE = 129;

/** By the word before the value: the tag of the type, and what net-snmp makes of the value. */
const TYPES = new Map<string, readonly [tag: number, decode: (text: string) => unknown]>([
  ['INTEGER', [2, Number]],
  ['STRING', [4, (text) => Buffer.from(String(JSON.parse(text)))]],
  ['Hex-STRING', [4, toBytes]],
  ['OID', [6, (text) => text.slice(1)]],
  ['IpAddress', [64, String]],
  ['Counter32', [65, Number]],
  ['Gauge32', [66, Number]],
  ['Timeticks', [67, Number]],
  ['Opaque', [68, toBytes]],
  ['Counter64', [70, (text) => toBytes(BigInt(text).toString(16).padStart(16, '0'))]],
]);

function readDevice(folder: string, host: string): Varbind[] | undefined {
  const file = path.join(folder, `${host}.snmp`);
  if (!existsSync(file)) return undefined;
  return Array.from(
    readFileSync(file, 'utf8').matchAll(/^\.(\S+) = (\S+): (.*)$/gm),
    ([, oid = '', word = '', text = '']) => {
      const [type, decode] = TYPES.get(word) ?? [0, String];
      return { oid, type, value: decode(text) };
    },
  );
}

function toBytes(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}
