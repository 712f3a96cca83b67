import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

/** A value of a container's statistics. */
export interface Reading {
  /** Behind `docker.`. */
  readonly name: string;
  /** Where the engine's answer has it: the first of these paths that is there. */
  readonly paths: readonly string[];
  readonly description: string;
  readonly unit?: string;
  readonly cumulative?: boolean;
}

const cpuTime = { unit: 'nanoseconds', cumulative: true };

const CPU: readonly Reading[] = [
  {
    ...cpuTime,
    name: 'cpu.total_usage',
    paths: ['cpu_stats.cpu_usage.total_usage'],
    description: 'CPU time of the container.',
  },
  {
    ...cpuTime,
    name: 'cpu.usage_in_usermode',
    paths: ['cpu_stats.cpu_usage.usage_in_usermode'],
    description: 'CPU time of the container in user mode.',
  },
  {
    ...cpuTime,
    name: 'cpu.usage_in_kernelmode',
    paths: ['cpu_stats.cpu_usage.usage_in_kernelmode'],
    description: 'CPU time of the container in the kernel.',
  },
  {
    ...cpuTime,
    name: 'cpu.system_cpu_usage',
    paths: ['cpu_stats.system_cpu_usage'],
    description: 'CPU time of the whole machine, idle time included.',
  },
  {
    name: 'cpu.throttling.periods',
    paths: ['cpu_stats.throttling_data.periods'],
    description: 'Periods in which the limit of CPU time was in force.',
    cumulative: true,
  },
  {
    name: 'cpu.throttling.throttled_periods',
    paths: ['cpu_stats.throttling_data.throttled_periods'],
    description: 'Periods in which the container reached its limit.',
    cumulative: true,
  },
  {
    ...cpuTime,
    name: 'cpu.throttling.throttled_time',
    paths: ['cpu_stats.throttling_data.throttled_time'],
    description: 'How long the container was held up by its limit.',
  },
];

const MEMORY: readonly Reading[] = [
  {
    name: 'mem.usage',
    paths: ['memory_stats.usage'],
    description: 'Memory, with the page cache.',
    unit: 'bytes',
  },
  { name: 'mem.limit', paths: ['memory_stats.limit'], description: 'Limit of memory.', unit: 'bytes' },
  {
    name: 'mem.max_usage',
    paths: ['memory_stats.max_usage'],
    description: 'The most memory so far. Not on cgroup v2.',
    unit: 'bytes',
  },
  {
    name: 'mem.fail_cnt',
    paths: ['memory_stats.failcnt'],
    description: 'How often the limit of memory was reached. Not on cgroup v2.',
    cumulative: true,
  },
];

/** Kind of memory or event; what it means; names that cgroup v2 has for it. */
type StatRow = readonly [name: string, description: string, ...namesInV2: string[]];

/** Bytes; cgroup v1 also has each with `total_` before it. */
const SIZES: readonly StatRow[] = [
  ['active_anon', 'Anonymous memory that was used lately.'],
  ['active_file', 'Page cache that was used lately.'],
  ['cache', 'Page cache.', 'file'],
  ['inactive_anon', 'Anonymous memory that was not used lately.'],
  ['inactive_file', 'Page cache that was not used lately.'],
  ['mapped_file', 'Files that are mapped into memory.', 'file_mapped'],
  ['rss', 'Anonymous memory.', 'anon'],
  ['rss_huge', 'Anonymous memory in huge pages.', 'anon_thp'],
  ['unevictable', 'Memory that cannot be taken back.'],
  ['writeback', 'Page cache that is being written to disk.', 'file_writeback'],
];

/** Counts; cgroup v1 also has each with `total_` before it. */
const EVENTS: readonly StatRow[] = [
  ['pgfault', 'Page faults.'],
  ['pgmajfault', 'Page faults for which a disk was read.'],
  ['pgpgin', 'Pages charged to the container. Not on cgroup v2.'],
  ['pgpgout', 'Pages no longer charged to the container. Not on cgroup v2.'],
];

/** What the Scalyr agent does not have. */
const MORE_SIZES: readonly StatRow[] = [
  ['dirty', 'Page cache that is to be written to disk.', 'file_dirty'],
  ['shmem', 'Page cache of shared memory and tmpfs.'],
  ['kernel_stack', 'Stacks in the kernel. On cgroup v2 only.'],
  ['slab', "The kernel's own structures. On cgroup v2 only."],
  ['sock', 'Buffers of sockets. On cgroup v2 only.'],
];

function statOf(
  [name, description, ...namesInV2]: StatRow,
  kind: Pick<Reading, 'unit' | 'cumulative'>,
): Reading {
  const paths = [name, ...namesInV2].map((key) => `memory_stats.stats.${key}`);
  return { ...kind, name: `mem.stat.${name}`, paths, description };
}

function totalOf([name]: StatRow, kind: Pick<Reading, 'unit' | 'cumulative'>): Reading {
  return {
    ...kind,
    name: `mem.stat.total_${name}`,
    paths: [`memory_stats.stats.total_${name}`],
    description: `\`${name}\` with that of control groups inside. Not on cgroup v2, where \`${name}\` has it.`,
  };
}

const bytes = { unit: 'bytes' };
const events = { cumulative: true };

const MEMORY_STAT: readonly Reading[] = [
  ...SIZES.map((row) => statOf(row, bytes)),
  ...EVENTS.map((row) => statOf(row, events)),
  {
    name: 'mem.stat.hierarchical_memory_limit',
    paths: ['memory_stats.stats.hierarchical_memory_limit'],
    description: 'The lowest limit of memory of the container and of what it is in. Not on cgroup v2.',
    unit: 'bytes',
  },
  ...SIZES.map((row) => totalOf(row, bytes)),
  ...EVENTS.map((row) => totalOf(row, events)),
  ...MORE_SIZES.map((row) => statOf(row, bytes)),
];

/** Values of a container. */
export const containerReadings: readonly Reading[] = [...CPU, ...MEMORY, ...MEMORY_STAT];

/** Values of each of a container's network interfaces; the paths are those in the interface. */
export const interfaceReadings: readonly Reading[] = [
  ['rx_bytes', 'Bytes received.', 'bytes'],
  ['rx_packets', 'Packets received.'],
  ['rx_errors', 'Errors in receiving.'],
  ['rx_dropped', 'Packets received and dropped.'],
  ['tx_bytes', 'Bytes sent.', 'bytes'],
  ['tx_packets', 'Packets sent.'],
  ['tx_errors', 'Errors in sending.'],
  ['tx_dropped', 'Packets to send that were dropped.'],
].map(([name = '', description = '', unit]) => ({
  name: `net.${name}`,
  paths: [name],
  description,
  ...(unit !== undefined && { unit }),
  cumulative: true,
}));

const container = 'name of the container, which also stands in the brackets';

function declare(
  readings: readonly Reading[],
  category: string,
  more: Record<string, string> = {},
): DeclaredMetric[] {
  return readings.map(({ name, paths: _paths, ...metric }) =>
    defineMetric({ ...metric, name: `docker.${name}`, category, extraFields: { container, ...more } }),
  );
}

export const metrics: readonly DeclaredMetric[] = [
  ...declare(interfaceReadings, 'Network', { interface: 'the interface, as `eth0`' }),
  ...declare(CPU, 'Processor'),
  defineMetric({
    name: 'docker.cpu.usage',
    description:
      'CPU time of the container on one processor, with `docker_percpu_metrics`. Not on cgroup v2.',
    unit: 'nanoseconds',
    cumulative: true,
    category: 'Processor',
    extraFields: { container, cpu: 'the processor, as `cpu0`' },
  }),
  ...declare(MEMORY, 'Memory'),
  ...declare(MEMORY_STAT, 'Memory in detail'),
];
