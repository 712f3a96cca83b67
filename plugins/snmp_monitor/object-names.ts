import { BadMonitorConfiguration } from 'scalyr-otel-bridge';
import type { MibModule } from './parse-mib.ts';
import type { ObjectNumbers } from './resolve-mibs.ts';
import { resolveMibs } from './resolve-mibs.ts';
import { wellKnownObjects } from './well-known-objects.ts';

/** Something that is polled: one value, or all that stand below it. */
export interface PolledObject {
  /** As it stands in oid_groups. */
  readonly given: string;
  readonly oid: string;
  /** The MIB that names it; undefined for a number. */
  readonly module?: string;
}

/** How a value is emitted. */
export interface ValueName {
  readonly metric: string;
  /** Name and index, `IF-MIB::ifDescr.1`, or the whole number of what is polled by its number. */
  readonly oid: string;
  /** What the OID has behind the object that names it. */
  readonly index?: string;
}

const NUMBER = /^\.?([012](?:\.\d{1,10})+)$/;
const NAME = /^([A-Za-z][\w-]*)::([A-Za-z][\w-]*)((?:\.\d{1,10})*)$/;
const LONGEST_OID = 128;

/** Knows the names of the common MIBs and of those in `modules`, which count more. */
export class ObjectNames {
  readonly #numbers: ObjectNumbers;
  readonly #modules: ReadonlyMap<string, MibModule>;
  /** By module: the name of a number. */
  readonly #names = new Map<string, Map<string, string>>();

  constructor(modules: readonly MibModule[] = []) {
    this.#modules = new Map(modules.map((module) => [module.name, module]));
    this.#numbers = new Map([...wellKnownObjects, ...resolveMibs(modules)]);
    for (const [key, oid] of this.#numbers) {
      const [module = '', name = ''] = key.split('::');
      const names = this.#names.get(module) ?? new Map<string, string>();
      this.#names.set(module, names.set(oid, name));
    }
  }

  /** The object that an element of oid_groups means. Throws BadMonitorConfiguration. */
  find(given: string): PolledObject {
    const oid = NUMBER.exec(given)?.[1];
    if (oid !== undefined) return { given, oid: checked(oid, given) };
    const [, module, name, rest] = NAME.exec(given) ?? [];
    if (module === undefined) {
      throw wrong(given, 'wanted an OID, as "1.3.6.1.2.1.1.3.0", or a name, as "IF-MIB::ifInOctets"');
    }
    const number = this.#numbers.get(`${module}::${name}`);
    if (number === undefined) throw wrong(given, this.#whyUnknown(module, `${name}`));
    return { given, oid: checked(`${number}${rest}`, given), module };
  }

  /** How the value at `oid`, which is `object` or below it, is emitted. */
  nameOf({ oid: asked, module }: PolledObject, oid: string): ValueName {
    const names = this.#names.get(module ?? '');
    for (let end = oid.length; end > 0; end = oid.lastIndexOf('.', end - 1)) {
      const name = names?.get(oid.slice(0, end));
      if (name === undefined) continue;
      return {
        metric: `${module}__${name}`,
        oid: `${module}::${name}${oid.slice(end)}`,
        ...indexIn(oid, end),
      };
    }
    return { metric: `sa_${asked}`, oid, ...indexIn(oid, asked.length) };
  }

  #whyUnknown(name: string, object: string): string {
    const module = this.#modules.get(name);
    if (module === undefined) {
      return this.#names.has(name)
        ? `the ${name} that is built in has no "${object}"; put the file of this MIB into the folder mib_path`
        : `there is no ${name}; put the file of this MIB, as text, into the folder mib_path`;
    }
    if (!module.objects.some((known) => known.name === object)) return `${name} has no "${object}"`;
    const absent = [...new Set(module.imports.values())].filter(
      (source) => !this.#modules.has(source) && !source.startsWith('SNMPv2-'),
    );
    return `${name} needs ${absent.join(', ')}; put the files of these MIBs into the folder mib_path too`;
  }
}

/** What stands behind the first `end` characters and their dot. */
function indexIn(oid: string, end: number): { index?: string } {
  return end < oid.length ? { index: oid.slice(end + 1) } : {};
}

function checked(oid: string, given: string): string {
  const arcs = oid.split('.');
  if (arcs.length > LONGEST_OID || arcs.some((arc) => Number(arc) > 0xffffffff)) {
    throw wrong(given, `an OID has at most ${LONGEST_OID} numbers, each below 4294967296`);
  }
  return arcs.map(Number).join('.');
}

function wrong(given: string, why: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Cannot poll "${given}": ${why}`, 'oid_groups');
}
