import { BadMonitorConfiguration } from 'scalyr-otel-bridge';
import type { ConfigObject, ConfigValue } from 'scalyr-otel-bridge';
import { readDevice, unknownSettings } from './device-settings.ts';
import type { DeviceSettings } from './device-settings.ts';
import { isObject } from './is-object.ts';

/** A device, and what it is asked for. */
export interface Target {
  readonly settings: DeviceSettings;
  /** OIDs and names as they stand in its groups, each once. */
  readonly objects: readonly string[];
  /** Settings of the device that mean nothing here. */
  readonly unknown: readonly string[];
}

/** The devices in poll_targets, with what oid_groups says. Throws BadMonitorConfiguration. */
export function readTargets(pollTargets: readonly ConfigValue[], oidGroups: ConfigObject): Target[] {
  const groups = readGroups(oidGroups);
  if (pollTargets.length === 0) throw wrong('wanted at least one object, found an empty list');
  return pollTargets.flatMap((entry, index) => readEntry(entry, groups, `element ${index + 1}`));
}

type Groups = ReadonlyMap<string, readonly string[]>;

function readGroups(oidGroups: ConfigObject): Groups {
  return new Map(
    Object.entries(oidGroups).map(([name, oids]) => {
      if (!isList(oids) || !oids.every((oid) => typeof oid === 'string')) {
        throw new BadMonitorConfiguration(
          `Cannot use group "${name}" of "oid_groups": wanted a list of texts, as ["1.3.6.1.2.1.1.3", "IF-MIB::ifInOctets"]`,
          'oid_groups',
        );
      }
      return [name, oids];
    }),
  );
}

function readEntry(entry: ConfigValue, groups: Groups, place: string): Target[] {
  if (!isObject(entry)) throw wrong(`${place}: wanted an object with "targets" and "oids"`);
  const { targets = null, oids = null } = entry;
  if (!isList(targets) || targets.length === 0)
    throw wrong(`${place}: "targets" must be a list of devices, as [{ "host": "192.0.2.1" }]`);
  if (!isList(oids) || oids.length === 0)
    throw wrong(`${place}: "oids" must be a list of names of groups in oid_groups`);
  const objects = [...new Set(oids.flatMap((name) => groupOf(name, groups, place)))];
  return targets.map((target, index) => readTarget(target, objects, `${place}, target ${index + 1}`));
}

function groupOf(name: ConfigValue, groups: Groups, place: string): readonly string[] {
  const found = typeof name === 'string' ? groups.get(name) : undefined;
  if (found !== undefined) return found;
  const known = Array.from(groups.keys(), (group) => `"${group}"`).join(', ');
  throw wrong(`${place}: "oids" names ${JSON.stringify(name)}, and oid_groups has ${known || 'no group'}`);
}

function readTarget(target: ConfigValue, objects: readonly string[], place: string): Target {
  if (!isObject(target)) throw wrong(`${place}: wanted an object, as { "host": "192.0.2.1" }`);
  try {
    return { settings: readDevice(target), objects, unknown: unknownSettings(target) };
  } catch (error) {
    if (!(error instanceof BadMonitorConfiguration)) throw error;
    throw wrong(`${place}: ${error.message}`, error);
  }
}

function wrong(why: string, cause?: Error): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Cannot use field "poll_targets": ${why}`, 'poll_targets', { cause });
}

function isList(value: ConfigValue | undefined): value is readonly ConfigValue[] {
  return Array.isArray(value);
}
