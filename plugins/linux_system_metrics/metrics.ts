import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';
import { MEMORY_METRICS } from './memory-metrics.ts';
import { NETWORK_METRICS } from './network-metrics.ts';

type Row = readonly [name: string, description: string, unit?: string | undefined];
type ExtraFields = Readonly<Record<string, string>>;

const FILE_SYSTEM = { mount: 'mount point', fstype: 'type of the file system' };
const NODE = { node: 'number of the NUMA node' };
const DEVICE = { dev: 'name of the device' };

/** Every metric of linux_system_metrics, under the headings of its README. */
export const SYSTEM_METRICS: readonly DeclaredMetric[] = [
  ...rows('CPU and load', [
    defineMetric({
      name: 'proc.stat.cpu',
      description: 'Time that all CPUs together spent, in hundredths of a second.',
      unit: 'jiffies',
      cumulative: true,
      extraFields: {
        type: '`user`, `nice`, `system`, `idle`, `iowait`, `irq`, `softirq`, `steal` or `guest`',
      },
    }),
    counter(['proc.stat.intr', 'Interrupts served.']),
    counter(['proc.stat.ctxt', 'Context switches.']),
    counter(['proc.stat.processes', 'Processes and threads started.']),
    value(['proc.stat.procs_blocked', 'Processes that wait for a disk.']),
    value(['proc.loadavg.1min', 'Processes that ran or wanted to, on average over one minute.']),
    value(['proc.loadavg.5min', 'The same over five minutes.']),
    value(['proc.loadavg.15min', 'The same over fifteen minutes.']),
    value(['proc.loadavg.runnable', 'Threads that run or want to, at the moment.']),
    value(['proc.loadavg.total_threads', 'Threads there are.']),
    value(['sys.cpu.count', 'CPUs that are on.']),
    counter(['proc.uptime.total', 'Time since the machine started.', 'seconds']),
    counter(['proc.uptime.now', 'Time that CPUs were idle, summed over all of them.', 'seconds']),
    value(['proc.kernel.entropy_avail', 'Entropy at hand for random numbers.', 'bits']),
  ]),
  ...rows('Memory', MEMORY_METRICS),
  ...rows('Paging', [
    counter(['proc.vmstat.pgpgin', 'Read from disks.', 'KiB']),
    counter(['proc.vmstat.pgpgout', 'Written to disks.', 'KiB']),
    counter(['proc.vmstat.pswpin', 'Pages read from swap.', 'pages']),
    counter(['proc.vmstat.pswpout', 'Pages written to swap.', 'pages']),
    counter(['proc.vmstat.pgfault', 'Page faults of either kind.']),
    counter(['proc.vmstat.pgmajfault', 'Page faults for which a disk was read.']),
  ]),
  ...rows('NUMA', [
    counter(['sys.numa.zoneallocs', 'Pages that were wanted on this node.', 'pages'], {
      ...NODE,
      type: '`hit`: allocated there; `miss`: allocated here though wanted on another node',
    }),
    counter(['sys.numa.foreign_allocs', 'Pages wanted here, allocated on another node.', 'pages'], NODE),
    counter(['sys.numa.allocation', 'Pages allocated on this node.', 'pages'], {
      ...NODE,
      type: 'the process ran on this node (`local`) or on another (`remote`)',
    }),
    counter(['sys.numa.interleave', 'Interleaved pages that came to lie as wanted.', 'pages'], {
      ...NODE,
      type: '`hit`',
    }),
  ]),
  ...rows('Disks', [...deviceMetrics('disk', 'the disk'), ...deviceMetrics('part', 'the partition')]),
  ...rows('File systems', [
    value(['df.1kblocks.total', 'Size.', 'KiB'], FILE_SYSTEM),
    value(['df.1kblocks.used', 'What files take up.', 'KiB'], FILE_SYSTEM),
    value(['df.1kblocks.free', 'What users other than root may still take up.', 'KiB'], FILE_SYSTEM),
    value(['df.inodes.total', 'Files there can be.'], FILE_SYSTEM),
    value(['df.inodes.used', 'Files there are.'], FILE_SYSTEM),
    value(['df.inodes.free', 'Files there can be more.'], FILE_SYSTEM),
  ]),
  ...NETWORK_METRICS,
  ...rows('NFS client', [
    counter(['nfs.client.rpc.stats', 'Calls to NFS servers.'], {
      type: '`calls`, `retrans` (sent again) or `authrefrsh` (authentication refreshed)',
    }),
    counter(['nfs.client.rpc', 'Calls to NFS servers, one by one.'], {
      op: 'operation, as `read`',
      version: 'of NFS, `3` or `4`',
    }),
  ]),
];

function deviceMetrics(kind: 'disk' | 'part', device: string): DeclaredMetric[] {
  const table: readonly Row[] = [
    ['read_requests', `Reads that ${device} completed.`],
    ['read_merged', 'Reads that were joined with another before.'],
    ['read_sectors', 'Sectors of 512 bytes read.', 'sectors'],
    ['msec_read', 'Time spent on reads, each counted for itself.', 'ms'],
    ['write_requests', `Writes that ${device} completed.`],
    ['write_merged', 'Writes that were joined with another before.'],
    ['write_sectors', 'Sectors of 512 bytes written.', 'sectors'],
    ['msec_write', 'Time spent on writes, each counted for itself.', 'ms'],
    ['ios_in_progress', 'Reads and writes going on at the moment.'],
    ['msec_total', `Time during which ${device} was busy.`, 'ms'],
    ['msec_weighted_total', 'Time spent on reads and writes, each counted for itself.', 'ms'],
  ];
  return table.map(([name, description, unit]) => {
    const row: Row = [`iostat.${kind}.${name}`, description, unit];
    return name === 'ios_in_progress' ? value(row, DEVICE) : counter(row, DEVICE);
  });
}

function rows(category: string, metrics: readonly DeclaredMetric[]): DeclaredMetric[] {
  return metrics.map((metric) => ({ ...metric, category }));
}

function value([name, description, unit]: Row, extraFields?: ExtraFields): DeclaredMetric {
  return defineMetric({
    name,
    description,
    ...(unit !== undefined && { unit }),
    ...(extraFields && { extraFields }),
  });
}

function counter(row: Row, extraFields?: ExtraFields): DeclaredMetric {
  return { ...value(row, extraFields), cumulative: true };
}
