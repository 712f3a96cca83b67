import { isJsonObject, jsonAt } from 'scalyr-otel-bridge';
import type { ExtraFields, JsonValue } from 'scalyr-otel-bridge';
import { containerReadings, interfaceReadings } from './metrics.ts';
import type { Reading } from './metrics.ts';

/** A value of a container. */
export interface ContainerValue {
  readonly metric: string;
  readonly value: number | bigint;
  /** Besides the container. */
  readonly fields: ExtraFields;
}

/** The engine has nothing to say of a container that is not running: it answers with this time and with zeros. */
const NEVER = /^0001-01-01T/;

/**
 * The values in an answer to `GET /containers/{id}/stats`, on cgroup v1 or v2: what the answer does not have is left
 * out. None when the container does not run any more; undefined when it is no such answer.
 */
export function parseStats(
  answer: JsonValue,
  options: { readonly perCpu: boolean },
): ContainerValue[] | undefined {
  const read = jsonAt(answer, 'read');
  if (typeof read !== 'string') return undefined;
  if (NEVER.test(read)) return [];
  return [
    ...interfaceValues(jsonAt(answer, 'networks')),
    ...valuesOf(answer, containerReadings, {}),
    ...(options.perCpu ? perCpuValues(jsonAt(answer, 'cpu_stats.cpu_usage.percpu_usage')) : []),
  ];
}

function interfaceValues(networks: JsonValue | undefined): ContainerValue[] {
  if (!isJsonObject(networks)) return [];
  return Object.entries(networks).flatMap(([name, network]) =>
    valuesOf(network, interfaceReadings, { interface: name }),
  );
}

function perCpuValues(usages: JsonValue | undefined): ContainerValue[] {
  if (!Array.isArray(usages)) return [];
  return usages.flatMap((value: JsonValue, index) =>
    isCount(value) ? [{ metric: 'docker.cpu.usage', value, fields: { cpu: `cpu${index}` } }] : [],
  );
}

function valuesOf(
  answer: JsonValue | undefined,
  readings: readonly Reading[],
  fields: ExtraFields,
): ContainerValue[] {
  const values: ContainerValue[] = [];
  for (const { name, paths } of readings) {
    const value = paths.map((path) => jsonAt(answer, path)).find(isCount);
    if (value !== undefined) values.push({ metric: `docker.${name}`, value, fields });
  }
  return values;
}

function isCount(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
