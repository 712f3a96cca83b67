import { Float } from 'scalyr-otel-bridge';
import type { MetricValue } from 'scalyr-otel-bridge';
import type { Varbind } from './driver.ts';

/** What an answer says about an object. */
export type Answer =
  | { readonly kind: 'value'; readonly value: MetricValue }
  /** There is no such value, or it is null. */
  | { readonly kind: 'missing' }
  /** Not what its type says. */
  | { readonly kind: 'malformed' };

const MALFORMED: Answer = { kind: 'malformed' };

type Decoder = (value: unknown) => MetricValue | undefined;

const toInteger: Decoder = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
const toText: Decoder = (value) => (typeof value === 'string' ? value : undefined);

/** By the tags of ASN.1 and of RFC 2578. */
const DECODERS: ReadonlyMap<number, Decoder> = new Map([
  [1, (value: unknown) => (typeof value === 'boolean' ? value : undefined)],
  [2, toInteger],
  [4, (value: unknown) => (Buffer.isBuffer(value) ? textOf(value) : undefined)],
  [6, toText],
  // IpAddress
  [64, toText],
  // Counter32, Gauge32, TimeTicks
  [65, toInteger],
  [66, toInteger],
  [67, toInteger],
  // Opaque, Counter64
  [68, (value: unknown) => (Buffer.isBuffer(value) ? readOpaque(value) : undefined)],
  [70, (value: unknown) => (Buffer.isBuffer(value) ? readCounter64(value) : undefined)],
]);

const NULL = 5;
/** noSuchObject, noSuchInstance, endOfMibView. */
const NOTHING: ReadonlySet<number> = new Set([128, 129, 130]);

/** Whether a device has nothing at an OID, or, in a walk, nothing more. */
export function isNothing({ type }: Varbind): boolean {
  return NOTHING.has(type);
}

/**
 * The value of a varbind. Numbers are whole and exact, 64 bits included; TimeTicks are hundredths of a second. Bytes that
 * are a printable text are that text, others are `0x` and hexadecimal digits.
 */
export function readValue({ type, value }: Varbind): Answer {
  if (type === NULL || NOTHING.has(type)) return { kind: 'missing' };
  const decoded = DECODERS.get(type)?.(value);
  return decoded === undefined ? MALFORMED : { kind: 'value', value: decoded };
}

/** Up to eight bytes, and one more in front where the first bit is set. */
function readCounter64(bytes: Buffer): MetricValue | undefined {
  if (bytes.length === 0 || bytes.length > 9 || (bytes.length === 9 && bytes[0] !== 0)) return undefined;
  const exact = BigInt(`0x${bytes.toString('hex')}`);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

/** Net-SNMP wraps fractions so: two bytes that say which, the length, and the number in IEEE 754. */
function readOpaque(bytes: Buffer): MetricValue {
  const kind = bytes.subarray(0, 3).toString('hex');
  if (kind === '9f7804' && bytes.length === 7) return new Float(bytes.readFloatBE(3));
  if (kind === '9f7908' && bytes.length === 11) return new Float(bytes.readDoubleBE(3));
  return hexOf(bytes);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const UNPRINTABLE = /[^\P{C}\t\n\r]/u;

/** Many devices put a zero byte behind a text. */
function textOf(bytes: Buffer): string {
  try {
    const text = utf8.decode(bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes);
    return UNPRINTABLE.test(text) ? hexOf(bytes) : text;
  } catch {
    return hexOf(bytes);
  }
}

function hexOf(bytes: Buffer): string {
  return `0x${bytes.toString('hex')}`;
}
