/** What `/proc/<pid>/stat` says; times in ticks, of which a second has a hundred. */
export interface ProcessStat {
  readonly parent: number;
  readonly majorFaults: number;
  readonly user: number;
  readonly system: number;
  readonly nice: number;
  readonly threads: number;
  /** Since the machine started. */
  readonly startedAt: number;
  readonly waitedForIo: number;
}

/**
 * Takes `/proc/<pid>/stat` apart; undefined when it is none. The name of the process, which may hold anything, ends at
 * the last bracket; the numbers of the fields are those of proc(5).
 */
export function parseStat(text: string): ProcessStat | undefined {
  const afterName = text
    .slice(text.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  const field = (number: number): number => Number(afterName[number - 3] ?? 0);
  const stat = {
    parent: field(4),
    majorFaults: field(12),
    user: field(14),
    system: field(15),
    nice: field(19),
    threads: field(20),
    startedAt: field(22),
    waitedForIo: field(42),
  };
  return afterName.length >= 20 && Object.values(stat).every(Number.isFinite) ? stat : undefined;
}

/** Memory in bytes; a thread of the kernel has none. */
export interface ProcessMemory {
  readonly peakVmsize: number;
  readonly vmsize: number;
  readonly peakResident: number;
  readonly resident: number;
}

/** Takes `/proc/<pid>/status` apart. */
export function parseStatus(text: string): ProcessMemory | undefined {
  const kib = new Map(
    [...text.matchAll(/^(Vm\w+):\s+(\d+) kB$/gm)].map(([, name, value]) => [name, Number(value)]),
  );
  const bytes = (name: string): number => (kib.get(name) ?? 0) * 1024;
  if (!kib.has('VmSize')) return undefined;
  return {
    peakVmsize: bytes('VmPeak'),
    vmsize: bytes('VmSize'),
    peakResident: bytes('VmHWM'),
    resident: bytes('VmRSS'),
  };
}

/** What the process read and wrote, on disks and elsewhere: bytes, and calls to the kernel. */
export interface ProcessIo {
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly reads: number;
  readonly writes: number;
}

/** Takes `/proc/<pid>/io` apart. */
export function parseIo(text: string): ProcessIo {
  const values = new Map(
    [...text.matchAll(/^(\w+): (\d+)$/gm)].map(([, name, value]) => [name, Number(value)]),
  );
  return {
    bytesRead: values.get('rchar') ?? 0,
    bytesWritten: values.get('wchar') ?? 0,
    reads: values.get('syscr') ?? 0,
    writes: values.get('syscw') ?? 0,
  };
}

/** The arguments of `/proc/<pid>/cmdline`, with blanks between them. */
export function parseCmdline(text: string): string {
  return text.replace(/\0+$/, '').replaceAll('\0', ' ');
}
