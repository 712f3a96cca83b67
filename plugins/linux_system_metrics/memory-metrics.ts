import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

type Row = readonly [name: string, description: string];

const IN_KIB: readonly Row[] = [
  ['memtotal', 'Memory there is.'],
  ['memfree', 'Memory that is not used for anything.'],
  ['memavailable', 'Memory that can be had without swapping.'],
  ['buffers', 'Cached blocks of block devices.'],
  ['cached', 'Cached contents of files.'],
  ['swapcached', 'Memory that is also in swap.'],
  ['active', 'Memory used lately.'],
  ['inactive', 'Memory not used for a while, given up first.'],
  ['unevictable', 'Memory that cannot be given up.'],
  ['mlocked', 'Memory that programs locked.'],
  ['swaptotal', 'Swap there is.'],
  ['swapfree', 'Swap that is free.'],
  ['zswap', 'Memory taken by the compressed swap cache.'],
  ['zswapped', 'Memory that is compressed there, before compression.'],
  ['dirty', 'Cached changes that wait to be written.'],
  ['writeback', 'Cached changes being written.'],
  ['anonpages', 'Memory of programs that belongs to no file.'],
  ['mapped', 'Files mapped into programs.'],
  ['shmem', 'Shared memory and tmpfs.'],
  ['kreclaimable', 'Memory of the kernel that it can give up.'],
  ['slab', 'Data structures of the kernel.'],
  ['sreclaimable', 'Those of them that can be given up.'],
  ['sunreclaim', 'Those of them that cannot.'],
  ['kernelstack', 'Stacks of threads in the kernel.'],
  ['pagetables', 'Page tables.'],
  ['secpagetables', 'Page tables of virtual machines and devices.'],
  ['nfs_unstable', 'Sent to NFS servers, not yet stored there.'],
  ['bounce', 'Buffers for devices that reach only low memory.'],
  ['writebacktmp', 'Buffers of FUSE for writing.'],
  ['commitlimit', 'Memory that may be promised to programs.'],
  ['committed_as', 'Memory that is promised to programs.'],
  ['vmalloctotal', 'Address space of the kernel for vmalloc.'],
  ['vmallocused', 'What is used of it.'],
  ['vmallocchunk', 'Its largest free piece.'],
  ['percpu', 'Memory set aside for each CPU.'],
  ['anonhugepages', 'Memory of programs in huge pages.'],
  ['shmemhugepages', 'Shared memory in huge pages.'],
  ['shmempmdmapped', 'Shared memory mapped as huge pages.'],
  ['filehugepages', 'Cached contents of files in huge pages.'],
  ['filepmdmapped', 'Cached contents of files mapped as huge pages.'],
  ['balloon', 'Memory given back to the host of the virtual machine.'],
  ['hugepagesize', 'Size of a huge page.'],
  ['hugetlb', 'Memory in huge pages of all sizes.'],
  ['directmap4k', 'Memory the kernel maps in pages of 4 KiB.'],
  ['directmap2m', 'Memory the kernel maps in pages of 2 MiB.'],
  ['directmap1g', 'Memory the kernel maps in pages of 1 GiB.'],
];

const IN_PAGES: readonly Row[] = [
  ['hugepages_total', 'Huge pages there are.'],
  ['hugepages_free', 'Huge pages that are free.'],
  ['hugepages_rsvd', 'Huge pages that are promised.'],
  ['hugepages_surp', 'Huge pages beyond the configured number.'],
];

/** One metric for each line of `/proc/meminfo`; a kernel with other lines has other metrics. */
export const MEMORY_METRICS: readonly DeclaredMetric[] = [
  ...IN_KIB.map(([name, description]) =>
    defineMetric({ name: `proc.meminfo.${name}`, description, unit: 'KiB' }),
  ),
  ...IN_PAGES.map(([name, description]) =>
    defineMetric({ name: `proc.meminfo.${name}`, description, unit: 'pages' }),
  ),
];
