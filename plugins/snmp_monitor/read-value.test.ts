import { Float } from 'scalyr-otel-bridge';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readValue } from './read-value.ts';

const read = (type: number, value: unknown): unknown => {
  const answer = readValue({ oid: '1.3', type, value });
  return answer.kind === 'value' ? answer.value : answer.kind;
};
const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

describe('readValue', () => {
  it.each([
    ['Integer', 2, -5, -5],
    ['Counter32', 65, 4294967295, 4294967295],
    ['Gauge32', 66, 0, 0],
    ['TimeTicks', 67, 8640000, 8640000],
    ['Counter64', 70, hex('00ffffffffffffffff'), 18446744073709551615n],
    ['Counter64 of one byte', 70, hex('05'), 5],
    ['OID', 6, '1.3.6.1', '1.3.6.1'],
    ['IpAddress', 64, '192.0.2.1', '192.0.2.1'],
    ['text', 4, Buffer.from('Käse\n'), 'Käse\n'],
    ['empty text', 4, Buffer.of(), ''],
    ['text with a zero byte behind it', 4, Buffer.from('eth0\0'), 'eth0'],
    ['MAC address', 4, hex('0200c0a80001'), '0x0200c0a80001'],
    ['bytes that are no UTF-8', 4, hex('ff41'), '0xff41'],
    ['fraction of Net-SNMP', 68, hex('9f78043e800000'), new Float(0.25)],
    ['long fraction of Net-SNMP', 68, hex('9f79083ff8000000000000'), new Float(1.5)],
    ['other Opaque', 68, hex('9f7804'), '0x9f7804'],
  ])('reads a value of type %s', (_, type, value, expected) => {
    expect(read(type, value)).toEqual(expected);
  });

  it.each([
    ['Null', 5],
    ['noSuchObject', 128],
    ['noSuchInstance', 129],
    ['endOfMibView', 130],
  ])('has no value for %s', (_, type) => {
    expect(read(type, null)).toBe('missing');
  });

  it.each([
    ['a type that nobody knows', 99, 1],
    ['a fraction as an Integer', 2, 1.5],
    ['a Counter64 of ten bytes', 70, hex('01000000000000000000')],
    ['a Counter64 beyond 64 bits', 70, hex('010000000000000000')],
    ['an empty Counter64', 70, Buffer.of()],
    ['a number as a text', 4, 5],
  ])('takes %s for malformed', (_, type, value) => {
    expect(read(type, value)).toBe('malformed');
  });

  it('keeps every digit of a Counter64', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (count) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64BE(count);
        expect(String(read(70, bytes))).toBe(String(count));
      }),
    );
  });

  it('makes a text of any bytes, and none of what cannot be seen', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(read(4, Buffer.from(bytes))).toMatch(/^[\P{C}\t\n\r]*$/u);
      }),
    );
  });
});
