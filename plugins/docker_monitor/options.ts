import { defineConfigOption } from 'scalyr-otel-bridge';

/** Where the Scalyr agent's container has the engine's socket. */
export const DOCUMENTED_SOCKET = '/var/scalyr/docker.sock';

export const apiSocket = defineConfigOption({
  name: 'api_socket',
  description:
    "The engine's socket. While the default is not there, `/var/run/docker.sock` is used, where Docker makes it.",
  convertTo: 'string',
  default: DOCUMENTED_SOCKET,
});
export const apiVersion = defineConfigOption({
  name: 'docker_api_version',
  description: 'Version of the API to speak, as `1.44`; `auto`: the newest that the engine speaks.',
  convertTo: 'string',
  default: 'auto',
});
export const maxParallelStats = defineConfigOption({
  name: 'docker_max_parallel_stats',
  description: 'Most containers that are asked for at the same time.',
  convertTo: 'int',
  default: 20,
  minValue: 1,
  maxValue: 1000,
});
export const percpuMetrics = defineConfigOption({
  name: 'docker_percpu_metrics',
  description: 'Whether the CPU time of each processor is emitted; engines on cgroup v2 do not tell it.',
  convertTo: 'bool',
  default: false,
});
export const reportContainerMetrics = defineConfigOption({
  name: 'report_container_metrics',
  description:
    'Whether metrics are emitted; when they are not, nothing is left to do and the monitor is not run.',
  convertTo: 'bool',
  default: true,
});
export const metricsOnly = defineConfigOption({
  name: 'metrics_only',
  description:
    'Says that logs are not wanted, and metrics are, whatever `report_container_metrics` says; then nothing is logged about logs.',
  convertTo: 'bool',
  default: false,
});
export const containerName = defineConfigOption({
  name: 'container_name',
  description:
    'Regular expression of the beginning of the name of the container in which the collector runs: it is left out.',
  convertTo: 'string',
});
export const containerGlobs = defineConfigOption({
  name: 'container_globs',
  description:
    'Patterns of the names of the containers to watch, with `*`, `?` and `[…]`; without them all are.',
  convertTo: 'stringArray',
});
export const containerGlobsExclude = defineConfigOption({
  name: 'container_globs_exclude',
  description: 'Patterns of the names of containers to leave out, even if `container_globs` has them.',
  convertTo: 'stringArray',
  default: [],
});
export const timeout = defineConfigOption({
  name: 'timeout',
  description:
    'Seconds to wait for each answer of the engine. Containers that are not asked so long after the first are left out of the sample.',
  convertTo: 'float',
  default: 10,
  minValue: 0.001,
  maxValue: 15,
});
