import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

const extraFields = {
  poll_target: 'the device',
  oid: 'name and index',
  index: 'which interface, which disk',
};

/** Name in its MIB, meaning, unit, whether it grows. */
type Row = readonly [name: string, description: string, unit?: string | undefined, kind?: 'cumulative'];

const ROWS: readonly Row[] = [
  ['SNMPv2-MIB::sysUpTime', 'Time since SNMP on the device was started, in hundredths of a second.'],
  ['IF-MIB::ifOperStatus', 'State of an interface: 1 is up, 2 down.'],
  ['IF-MIB::ifHighSpeed', 'Speed of an interface in megabits a second.'],
  ['IF-MIB::ifInOctets', 'Bytes received; a counter of 32 bits.', 'bytes', 'cumulative'],
  ['IF-MIB::ifOutOctets', 'Bytes sent; a counter of 32 bits.', 'bytes', 'cumulative'],
  ['IF-MIB::ifHCInOctets', 'Bytes received.', 'bytes', 'cumulative'],
  ['IF-MIB::ifHCOutOctets', 'Bytes sent.', 'bytes', 'cumulative'],
  ['IF-MIB::ifInUcastPkts', 'Packets received.', undefined, 'cumulative'],
  ['IF-MIB::ifOutUcastPkts', 'Packets sent.', undefined, 'cumulative'],
  ['IF-MIB::ifHCInUcastPkts', 'Packets received.', undefined, 'cumulative'],
  ['IF-MIB::ifHCOutUcastPkts', 'Packets sent.', undefined, 'cumulative'],
  ['IF-MIB::ifInErrors', 'Packets received that were damaged.', undefined, 'cumulative'],
  ['IF-MIB::ifOutErrors', 'Packets that could not be sent.', undefined, 'cumulative'],
  ['IF-MIB::ifInDiscards', 'Packets received that were dropped.', undefined, 'cumulative'],
  ['IF-MIB::ifOutDiscards', 'Packets that were dropped instead of sent.', undefined, 'cumulative'],
  ['HOST-RESOURCES-MIB::hrProcessorLoad', 'Load of a processor in the last minute, in percent.'],
  ['HOST-RESOURCES-MIB::hrStorageAllocationUnits', 'Bytes in a unit of the two below.', 'bytes'],
  ['HOST-RESOURCES-MIB::hrStorageSize', 'Size of a memory or file system, in units.'],
  ['HOST-RESOURCES-MIB::hrStorageUsed', 'What of it is used, in units.'],
  ['UCD-SNMP-MIB::memTotalReal', 'Memory, in units of 1024 bytes.'],
  ['UCD-SNMP-MIB::memAvailReal', 'Free memory, in units of 1024 bytes.'],
  ['UCD-SNMP-MIB::laLoadInt', 'Load average times 100; indexes 1, 2, 3 are 1, 5, 15 minutes.'],
  ['UCD-SNMP-MIB::ssCpuRawUser', 'Processor time in user mode, in ticks.', undefined, 'cumulative'],
  ['UCD-SNMP-MIB::ssCpuRawSystem', 'Processor time in the kernel, in ticks.', undefined, 'cumulative'],
  ['UCD-SNMP-MIB::ssCpuRawIdle', 'Time the processors had nothing to do, in ticks.', undefined, 'cumulative'],
];

/** What is polled is up to the configuration; these are the objects that are polled most. */
export const metrics: readonly DeclaredMetric[] = ROWS.map(([name, description, unit, kind]) =>
  defineMetric({
    name: name.replace('::', '__'),
    description,
    ...(unit !== undefined && { unit }),
    cumulative: kind === 'cumulative',
    extraFields,
  }),
);
