import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

/** A value of the kubelet's summary. */
export interface Reading {
  readonly name: string;
  /** Where it stands in the part of the summary that the value is of. */
  readonly path: string;
  readonly description: string;
  readonly unit?: string;
  readonly cumulative?: boolean;
}

const bytes = { unit: 'bytes' };
const growing = { cumulative: true };

/** Processor and memory, which the summary has for containers, pods, the node and parts of its system. */
function usageOf(prefix: string, whose: string): Reading[] {
  return [
    {
      name: `${prefix}.cpu.total_usage`,
      path: 'cpu.usageCoreNanoSeconds',
      description: `CPU time of the ${whose}.`,
      unit: 'nanoseconds',
      cumulative: true,
    },
    {
      name: `${prefix}.cpu.usage`,
      path: 'cpu.usageNanoCores',
      description: `Processors that the ${whose} used of late, in billionths.`,
      unit: 'nanocores',
    },
    {
      ...bytes,
      name: `${prefix}.mem.usage`,
      path: 'memory.usageBytes',
      description: 'Memory, with the page cache.',
    },
    {
      ...bytes,
      name: `${prefix}.mem.working_set`,
      path: 'memory.workingSetBytes',
      description: 'Memory that cannot easily be taken back: what limits and evictions go by.',
    },
    { ...bytes, name: `${prefix}.mem.stat.rss`, path: 'memory.rssBytes', description: 'Anonymous memory.' },
    {
      ...growing,
      name: `${prefix}.mem.stat.pgfault`,
      path: 'memory.pageFaults',
      description: 'Page faults.',
    },
    {
      ...growing,
      name: `${prefix}.mem.stat.pgmajfault`,
      path: 'memory.majorPageFaults',
      description: 'Page faults for which a disk was read.',
    },
    {
      ...bytes,
      name: `${prefix}.mem.swap`,
      path: 'swap.swapUsageBytes',
      description: 'Memory that was swapped out.',
    },
  ];
}

/** Names that the Scalyr agent has for what the summary calls otherwise. */
const DOCUMENTED = new Set([
  'cpu.total_usage',
  'mem.usage',
  'mem.stat.rss',
  'mem.stat.pgfault',
  'mem.stat.pgmajfault',
]);

/** A file system; `capacity` and `available` are of all that is on it. */
function fileSystemOf(prefix: string, { path, whose }: { path: string; whose: string }): Reading[] {
  const at = path === '' ? '' : `${path}.`;
  return [
    { ...bytes, name: `${prefix}.used`, path: `${at}usedBytes`, description: `Bytes of ${whose}.` },
    {
      ...bytes,
      name: `${prefix}.capacity`,
      path: `${at}capacityBytes`,
      description: 'Size of the file system.',
    },
    {
      ...bytes,
      name: `${prefix}.available`,
      path: `${at}availableBytes`,
      description: 'What is left of the file system.',
    },
    { name: `${prefix}.inodes_used`, path: `${at}inodesUsed`, description: `Inodes of ${whose}.` },
  ];
}

/** What a container uses of its node's file system. */
function storedBy(name: string, { path, whose }: { path: string; whose: string }): Reading[] {
  return fileSystemOf(name, { path, whose }).filter((reading) => reading.name.endsWith('used'));
}

export const containerReadings: readonly Reading[] = [
  ...usageOf('k8s.container', 'container').map((reading) => {
    const name = reading.name.slice('k8s.container.'.length);
    return DOCUMENTED.has(name) ? { ...reading, name: `docker.${name}` } : reading;
  }),
  ...storedBy('k8s.container.rootfs', { path: 'rootfs', whose: 'what the container wrote' }),
  ...storedBy('k8s.container.logs', { path: 'logs', whose: "the container's logs" }),
];

/** The limit of a container's memory, which the summary tells as what is left of it. */
export const containerLimit: Omit<Reading, 'path'> = {
  ...bytes,
  name: 'docker.mem.limit',
  description: 'Limit of memory, where there is one.',
};

export const podReadings: readonly Reading[] = [
  ...usageOf('k8s.pod', 'pod'),
  ...storedBy('k8s.pod.ephemeral_storage', {
    path: 'ephemeral-storage',
    whose: "the pod's containers, logs and local volumes",
  }),
  { name: 'k8s.pod.processes', path: 'process_stats.process_count', description: 'Processes of the pod.' },
];

export const volumeReadings = fileSystemOf('k8s.pod.volume', { path: '', whose: 'the volume' });

export const nodeReadings: readonly Reading[] = [
  ...usageOf('k8s.node', 'node'),
  {
    ...bytes,
    name: 'k8s.node.mem.available',
    path: 'memory.availableBytes',
    description: 'Memory of the node without the working set.',
  },
  ...fileSystemOf('k8s.node.fs', { path: 'fs', whose: "the node's file system" }),
  ...fileSystemOf('k8s.node.image_fs', { path: 'runtime.imageFs', whose: 'the images' }),
  ...storedBy('k8s.node.container_fs', { path: 'runtime.containerFs', whose: 'what containers wrote' }),
  { name: 'k8s.node.processes', path: 'rlimit.curproc', description: 'Processes and threads on the node.' },
  { name: 'k8s.node.processes_limit', path: 'rlimit.maxpid', description: 'The most of them there may be.' },
];

export const systemReadings: readonly Reading[] = usageOf('k8s.node.system', 'part of the system');

/** Values of a network interface of a pod or of the node. */
export function networkReadings(prefix: 'k8s.pod' | 'k8s.node'): readonly Reading[] {
  return [
    {
      ...bytes,
      ...growing,
      name: `${prefix}.network.rx_bytes`,
      path: 'rxBytes',
      description: 'Bytes received.',
    },
    {
      ...growing,
      name: `${prefix}.network.rx_errors`,
      path: 'rxErrors',
      description: 'Errors in receiving.',
    },
    { ...bytes, ...growing, name: `${prefix}.network.tx_bytes`, path: 'txBytes', description: 'Bytes sent.' },
    { ...growing, name: `${prefix}.network.tx_errors`, path: 'txErrors', description: 'Errors in sending.' },
  ];
}

const node = {
  'k8s-cluster': 'the cluster, with `k8s_cluster_name`',
  'k8s-node': 'the node',
};
const pod = {
  'k8s-cluster': node['k8s-cluster'],
  'k8s-controller': 'what made the pod, as the name of a Deployment; not of every pod',
  'k8s-node': node['k8s-node'],
  pod_name: 'the pod',
  pod_namespace: 'its namespace',
  pod_uid: 'its UID',
};
const container = { container: 'the container', ...pod };
const networkInterface = { interface: 'the interface, as `eth0`' };
const volume = {
  pvc_name: 'the claim of the volume, where there is one',
  volume: 'name of the volume in the pod',
};

function declare(
  readings: readonly Omit<Reading, 'path'>[],
  category: string,
  extraFields: Readonly<Record<string, string>>,
): DeclaredMetric[] {
  return readings.map(({ name, description, unit, cumulative = false }) =>
    defineMetric({
      name,
      description,
      ...(unit !== undefined && { unit }),
      cumulative,
      category,
      extraFields,
    }),
  );
}

export const metrics: readonly DeclaredMetric[] = [
  ...declare([...containerReadings, containerLimit], 'Containers', container),
  ...declare(networkReadings('k8s.pod'), 'Networks of pods', { ...networkInterface, ...pod }),
  ...declare(podReadings, 'Pods', pod),
  ...declare(volumeReadings, 'Volumes of pods', { ...pod, ...volume }),
  ...declare(nodeReadings, 'Node', node),
  ...declare(networkReadings('k8s.node'), 'Networks of the node', { ...networkInterface, ...node }),
  ...declare(systemReadings, "Parts of the node's system", {
    ...node,
    system_container: 'the part: `kubelet`, `runtime`, `pods` …',
  }),
];
