import { defineConfigOption } from 'scalyr-otel-bridge';

export const oidGroups = defineConfigOption({
  name: 'oid_groups',
  description:
    'Groups of what is polled: a name, and a list of OIDs (`1.3.6.1.2.1.1.3`) and names of MIBs (`IF-MIB::ifInOctets`).',
  convertTo: 'object',
  required: true,
});
export const pollTargets = defineConfigOption({
  name: 'poll_targets',
  description:
    'Whom to ask for what: objects with `targets`, a list of devices, and `oids`, a list of names of groups.',
  convertTo: 'array',
  required: true,
});
export const mibPath = defineConfigOption({
  name: 'mib_path',
  description: 'Folder with MIB files, as text, for the names of other MIBs than the common ones.',
  convertTo: 'string',
});
export const walkLimit = defineConfigOption({
  name: 'walk_limit',
  description: 'Most values that are read below one OID in a sample.',
  convertTo: 'int',
  default: 10_000,
  minValue: 1,
  maxValue: 1_000_000,
});
export const errorRepeatInterval = defineConfigOption({
  name: 'error_repeat_interval',
  description: 'Seconds until an error of a device is logged again.',
  convertTo: 'float',
  default: 300,
  minValue: 0,
});
