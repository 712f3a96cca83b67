import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMib } from './parse-mib.ts';
import { resolveMibs } from './resolve-mibs.ts';
import { wellKnownObjects } from './well-known-objects.ts';

/** A MIB that imports from another, in the order in which files happen to be read. */
const ACME_TEMP = `
ACME-TEMP-MIB DEFINITIONS ::= BEGIN
IMPORTS OBJECT-TYPE, Integer32 FROM SNMPv2-SMI acmeProducts, acmeOther FROM ACME-SMI;

acmeTemp MODULE-IDENTITY
  LAST-UPDATED "202601010000Z"
  DESCRIPTION "Not a definition: acmeFake OBJECT-TYPE ::= { acmeTemp 9 } -- nor a comment"
  ::= { acmeProducts 7 }
-- acmeHidden OBJECT-TYPE ::= { acmeTemp 8 }
acmeTempTable OBJECT-TYPE SYNTAX SEQUENCE OF AcmeTempEntry MAX-ACCESS not-accessible ::= { acmeTemp 1 }
acmeTempEntry OBJECT-TYPE SYNTAX AcmeTempEntry INDEX { acmeTempIndex } ::= { acmeTempTable 1 }
AcmeTempEntry ::= SEQUENCE { acmeTempIndex Integer32, acmeTempKind OBJECT IDENTIFIER, acmeTempNow Integer32 }
acmeTempNow OBJECT-TYPE SYNTAX INTEGER { cold(1), hot(2) } DEFVAL { cold } ::= { acmeTempEntry 3 }
END`;
const ACME_SMI = `
ACME-SMI { iso org(3) 6 1 4 1 99999 } DEFINITIONS ::= BEGIN
IMPORTS enterprises FROM SNMPv2-SMI;
acme OBJECT IDENTIFIER ::= { enterprises 99999 }
acmeProducts OBJECT IDENTIFIER ::= { acme products(4) 2 }
acmeRoot OBJECT IDENTIFIER ::= { iso(1) org(3) dod(6) 1 }
END`;

const numbersOf = (...texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(resolveMibs(texts.flatMap(parseMib)));

describe('parseMib and resolveMibs', () => {
  it('give the numbers of all objects, in whatever order the modules come', () => {
    expect(numbersOf(ACME_TEMP, ACME_SMI)).toEqual({
      'ACME-SMI::acme': '1.3.6.1.4.1.99999',
      'ACME-SMI::acmeProducts': '1.3.6.1.4.1.99999.4.2',
      'ACME-SMI::acmeRoot': '1.3.6.1',
      'ACME-TEMP-MIB::acmeTemp': '1.3.6.1.4.1.99999.4.2.7',
      'ACME-TEMP-MIB::acmeTempTable': '1.3.6.1.4.1.99999.4.2.7.1',
      'ACME-TEMP-MIB::acmeTempEntry': '1.3.6.1.4.1.99999.4.2.7.1.1',
      'ACME-TEMP-MIB::acmeTempNow': '1.3.6.1.4.1.99999.4.2.7.1.1.3',
    });
  });

  it('leave out what hangs on a module that is not there, and what hangs on itself', () => {
    const circle = 'A DEFINITIONS ::= BEGIN a OBJECT-IDENTITY ::= { b 1 } b OBJECT-IDENTITY ::= { a 1 } END';
    expect(numbersOf(ACME_TEMP, circle)).toEqual({});
  });

  it('read several modules of one file', () => {
    expect(parseMib(ACME_SMI + ACME_TEMP).map(({ name }) => name)).toEqual(['ACME-SMI', 'ACME-TEMP-MIB']);
  });

  it('agree with the MIBs that the package net-snmp has, for the names that are built in', () => {
    const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('net-snmp')), 'lib/mibs');
    const files = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const numbers = resolveMibs(files.flatMap(parseMib));
    const builtIn = [...wellKnownObjects].filter(([name]) => /^(IF-MIB|SNMPv2-MIB)::/.test(name));
    expect(builtIn).toHaveLength(85);
    expect(builtIn.map(([name]) => [name, numbers.get(name)])).toEqual(builtIn);
  });

  it('take any text', () => {
    const words = `DEFINITIONS ::= BEGIN { } ( ) a A OBJECT-TYPE IMPORTS FROM ; , " -- 1 iso`.split(' ');
    const word = fc.constantFrom('\n', ...words);
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 200 }), (parts) => {
        const text = parts.join(' ');
        expect(resolveMibs(parseMib(text)).size).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
