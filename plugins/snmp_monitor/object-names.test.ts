import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { readMibFolder } from './mib-folder.ts';
import { ObjectNames } from './object-names.ts';
import { parseMib } from './parse-mib.ts';

const ACME = `ACME-MIB DEFINITIONS ::= BEGIN
IMPORTS enterprises FROM SNMPv2-SMI acmeRoot FROM ACME-SMI;
acme OBJECT IDENTIFIER ::= { enterprises 99999 }
acmeFan OBJECT-TYPE ::= { acme 1 }
acmePump OBJECT-TYPE ::= { acmeRoot 1 }
END`;

describe('ObjectNames', () => {
  const names = new ObjectNames();

  it.each([
    ['1.3.6.1.2.1.1.3', '1.3.6.1.2.1.1.3'],
    ['.1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.3.0'],
    ['SNMPv2-MIB::sysUpTime', '1.3.6.1.2.1.1.3'],
    ['IF-MIB::ifHCInOctets.12', '1.3.6.1.2.1.31.1.1.1.6.12'],
    ['HOST-RESOURCES-MIB::hrProcessorLoad', '1.3.6.1.2.1.25.3.3.1.2'],
    ['UCD-SNMP-MIB::memAvailReal', '1.3.6.1.4.1.2021.4.6'],
  ])('finds the number of %s', (given, oid) => {
    expect(names.find(given).oid).toBe(oid);
  });

  it.each([
    [
      'IF-MIB::ifInOctets',
      '1.3.6.1.2.1.2.2.1.10.3',
      { metric: 'IF-MIB__ifInOctets', oid: 'IF-MIB::ifInOctets.3', index: '3' },
    ],
    [
      'IF-MIB::ifInOctets.3',
      '1.3.6.1.2.1.2.2.1.10.3',
      { metric: 'IF-MIB__ifInOctets', oid: 'IF-MIB::ifInOctets.3', index: '3' },
    ],
    [
      'IF-MIB::ifTable',
      '1.3.6.1.2.1.2.2.1.10.3',
      { metric: 'IF-MIB__ifInOctets', oid: 'IF-MIB::ifInOctets.3', index: '3' },
    ],
    [
      'SNMPv2-MIB::sysUpTime',
      '1.3.6.1.2.1.1.3.0',
      { metric: 'SNMPv2-MIB__sysUpTime', oid: 'SNMPv2-MIB::sysUpTime.0', index: '0' },
    ],
    [
      'IF-MIB::interfaces',
      '1.3.6.1.2.1.2.99.1',
      { metric: 'IF-MIB__interfaces', oid: 'IF-MIB::interfaces.99.1', index: '99.1' },
    ],
    [
      '1.3.6.1.2.1.1.3',
      '1.3.6.1.2.1.1.3.0',
      { metric: 'sa_1.3.6.1.2.1.1.3', oid: '1.3.6.1.2.1.1.3.0', index: '0' },
    ],
    [
      '.1.3.6.1.2.1.1.3',
      '1.3.6.1.2.1.1.3.0',
      { metric: 'sa_1.3.6.1.2.1.1.3', oid: '1.3.6.1.2.1.1.3.0', index: '0' },
    ],
    ['1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.3.0', { metric: 'sa_1.3.6.1.2.1.1.3.0', oid: '1.3.6.1.2.1.1.3.0' }],
  ])('names what %s gives at %s', (given, oid, expected) => {
    expect(names.nameOf(names.find(given), oid)).toEqual(expected);
  });

  it.each([
    ['sysUpTime', 'wanted an OID, as "1.3.6.1.2.1.1.3.0", or a name, as "IF-MIB::ifInOctets"'],
    ['3.6.1', 'wanted an OID'],
    ['1.3.6.1.4294967296', 'an OID has at most 128 numbers, each below 4294967296'],
    [`1${'.3'.repeat(128)}`, 'an OID has at most 128 numbers'],
    ['IF-MIB::ifInOktets', 'the IF-MIB that is built in has no "ifInOktets"; put the file of this MIB'],
    ['CISCO-MIB::cpu', 'there is no CISCO-MIB; put the file of this MIB, as text, into the folder mib_path'],
    ['ACME-MIB::acmeFann', 'ACME-MIB has no "acmeFann"'],
    ['ACME-MIB::acmePump', 'ACME-MIB needs ACME-SMI; put the files of these MIBs into the folder mib_path'],
  ])('does not take %s', (given, message) => {
    expect(() => new ObjectNames(parseMib(ACME)).find(given)).toThrow(message);
  });

  it('knows what stands in the files of a folder, and passes over compiled ones', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'ACME-MIB.txt'), ACME);
    writeFileSync(path.join(folder, 'OTHER-MIB.py'), ACME.replaceAll('ACME-MIB', 'OTHER-MIB'));
    mkdirSync(path.join(folder, 'more'));
    const modules = await readMibFolder(folder);
    expect(modules.map(({ name }) => name)).toEqual(['ACME-MIB']);
    expect(new ObjectNames(modules).find('ACME-MIB::acmeFan').oid).toBe('1.3.6.1.4.1.99999.1');
  });

  it('says what is wrong with a folder', async () => {
    await expect(readMibFolder('/does/not/exist')).rejects.toThrow(
      /^Cannot read MIBs from "\/does\/not\/exist": ENOENT.*; correct mib_path, or leave it out$/,
    );
  });

  it('does not read a folder that is larger than all MIBs one uses', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'disk-image'), Buffer.alloc(17 * 1024 * 1024));
    await expect(readMibFolder(folder)).rejects.toThrow('its files are larger than 16777216 bytes');
  });
});
