import { defineConfigOption } from 'scalyr-otel-bridge';

export const interfacePrefixes = defineConfigOption({
  name: 'network_interface_prefixes',
  description:
    'Beginnings of the names of the network interfaces to measure: a text, or a list of them. Each is a regular expression.',
  convertTo: 'stringArray',
  default: ['eth'],
});

export const interfaceSuffix = defineConfigOption({
  name: 'network_interface_suffix',
  description: 'Regular expression that the rest of the name of an interface must match.',
  convertTo: 'string',
  default: '[0-9A-Z]+',
});

export const localDisksOnly = defineConfigOption({
  name: 'local_disks_only',
  description: 'Leave out file systems that are on other machines, such as NFS.',
  convertTo: 'bool',
  default: true,
});

export const ignoreMounts = defineConfigOption({
  name: 'ignore_mounts',
  description: 'Mount points to leave out: patterns with `*`, `?` and `[…]`, where `*` goes over `/` too.',
  convertTo: 'stringArray',
  default: ['/sys/*', '/dev*', '/run*'],
});
