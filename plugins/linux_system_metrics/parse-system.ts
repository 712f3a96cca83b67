import { metricText } from './metric-text.ts';

/** `/proc/uptime`: seconds since the start, and seconds all CPUs together were idle. */
export function parseUptime(text: string): string[] {
  const [total, idle] = text.trim().split(' ');
  if (total === undefined || idle === undefined) return [];
  return [metricText('proc.uptime.total', total), metricText('proc.uptime.now', idle)];
}

/** `/proc/meminfo`; a name with brackets, `Active(anon)`, is a part of another and has no metric. */
export function parseMeminfo(text: string): string[] {
  return [...text.matchAll(/^(\w+):\s+(\d+)/gm)].map(([, name = '', value = '']) =>
    metricText(`proc.meminfo.${name.toLowerCase()}`, value),
  );
}

/** `/proc/vmstat`: pages that came and went. */
export function parseVmstat(text: string): string[] {
  return [...text.matchAll(/^(pgpgin|pgpgout|pswpin|pswpout|pgfault|pgmajfault) (\d+)$/gm)].map(
    ([, name = '', value = '']) => metricText(`proc.vmstat.${name}`, value),
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
  const cpu = valuesOf('cpu')
    .slice(0, CPU_TYPES.length)
    .map((value, index) => metricText('proc.stat.cpu', value, { type: CPU_TYPES[index] ?? '' }));
  const others = ['intr', 'ctxt', 'processes', 'procs_blocked'].flatMap((name) =>
    valuesOf(name)
      .slice(0, 1)
      .map((value) => metricText(`proc.stat.${name}`, value)),
  );
  return [...cpu, ...others];
}

/** `/proc/stat`: the CPUs that are on. */
export function parseCpuCount(text: string): string[] {
  const cpus = text.match(/^cpu\d+ /gm);
  return cpus === null ? [] : [metricText('sys.cpu.count', cpus.length)];
}

/** `/proc/loadavg`: `0.65 0.92 0.49 4/151 23550`. */
export function parseLoadavg(text: string): string[] {
  const [, one, five, fifteen, runnable, threads] = /^(\S+) (\S+) (\S+) (\d+)\/(\d+)/.exec(text) ?? [];
  if (one === undefined || five === undefined || fifteen === undefined) return [];
  return [
    metricText('proc.loadavg.1min', one),
    metricText('proc.loadavg.5min', five),
    metricText('proc.loadavg.15min', fifteen),
    metricText('proc.loadavg.runnable', runnable ?? ''),
    metricText('proc.loadavg.total_threads', threads ?? ''),
  ];
}

/** `/proc/sys/kernel/random/entropy_avail`. */
export function parseEntropy(text: string): string[] {
  const bits = text.trim();
  return bits === '' ? [] : [metricText('proc.kernel.entropy_avail', bits)];
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
  const values = new Map(
    [...text.matchAll(/^(\w+) (\d+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  return NUMA_COUNTERS.flatMap(([counter, metric, type]) => {
    const value = values.get(counter);
    if (value === undefined) return [];
    return [metricText(`sys.numa.${metric}`, value, { node, ...(type !== undefined && { type }) })];
  });
}
