import { metricText } from './metric-text.ts';

/** `/proc/uptime`: seconds since the start, and seconds all CPUs together were idle. */
export function parseUptime(text: string): string[] {
  const [total, idle] = text.trim().split(' ');
  return [...metricText('proc.uptime.total', total), ...metricText('proc.uptime.now', idle)];
}

/** `/proc/meminfo`; a name with brackets, `Active(anon)`, is a part of another and has no metric. */
export function parseMeminfo(text: string): string[] {
  return [...text.matchAll(/^(\w+):\s+(\d+)/gm)].flatMap(([, name = '', value]) =>
    metricText(`proc.meminfo.${name.toLowerCase()}`, value),
  );
}

/** `/proc/vmstat`: pages that came and went. */
export function parseVmstat(text: string): string[] {
  return [...text.matchAll(/^(pgpgin|pgpgout|pswpin|pswpout|pgfault|pgmajfault) (\d+)$/gm)].flatMap(
    ([, name, value]) => metricText(`proc.vmstat.${name}`, value),
  );
}

const CPU_TYPES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal', 'guest'];

/** `/proc/stat`: time of all CPUs together, interrupts, context switches, processes. */
export function parseStat(text: string): string[] {
  const lines = text.split('\n');
  const valuesOf = (name: string): string[] =>
    lines
      .find((line) => line.startsWith(`${name} `))
      ?.trim()
      .split(/\s+/)
      .slice(1) ?? [];
  const times = valuesOf('cpu');
  const others = ['intr', 'ctxt', 'processes', 'procs_blocked'];
  return [
    ...CPU_TYPES.flatMap((type, index) => metricText('proc.stat.cpu', times[index], { type })),
    ...others.flatMap((name) => metricText(`proc.stat.${name}`, valuesOf(name)[0])),
  ];
}

/** `/proc/stat`: the CPUs that are on. */
export function parseCpuCount(text: string): readonly string[] {
  return metricText('sys.cpu.count', text.match(/^cpu\d+ /gm)?.length);
}

/** `/proc/loadavg`: `0.65 0.92 0.49 4/151 23550`. */
export function parseLoadavg(text: string): string[] {
  const [one, five, fifteen, runnable, threads] = text.split(/[ /]/);
  return [
    ...metricText('proc.loadavg.1min', one),
    ...metricText('proc.loadavg.5min', five),
    ...metricText('proc.loadavg.15min', fifteen),
    ...metricText('proc.loadavg.runnable', runnable),
    ...metricText('proc.loadavg.total_threads', threads),
  ];
}

/** `/proc/sys/kernel/random/entropy_avail`. */
export function parseEntropy(text: string): readonly string[] {
  return metricText('proc.kernel.entropy_avail', text.trim());
}

/** Metric and type of each counter in a `numastat`; the order is that of the lines. */
const NUMA_COUNTERS = [
  ['numa_hit', 'zoneallocs', 'hit'],
  ['numa_miss', 'zoneallocs', 'miss'],
  ['numa_foreign', 'foreign_allocs', undefined],
  ['local_node', 'allocation', 'local'],
  ['other_node', 'allocation', 'remote'],
  ['interleave_hit', 'interleave', 'hit'],
] as const;

/** `/sys/devices/system/node/node<node>/numastat`. */
export function parseNumastat(text: string, node: string): string[] {
  const values = new Map([...text.matchAll(/^(\w+) (\d+)$/gm)].map(([, name, value]) => [name, value]));
  return NUMA_COUNTERS.flatMap(([counter, metric, type]) =>
    metricText(`sys.numa.${metric}`, values.get(counter), { node, ...(type !== undefined && { type }) }),
  );
}
