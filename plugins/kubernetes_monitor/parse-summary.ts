import { jsonAt } from 'scalyr-otel-bridge';
import type { ExtraFields, JsonValue } from 'scalyr-otel-bridge';
import * as metrics from './metrics.ts';
import type { Reading } from './metrics.ts';

/** A value of a container, a pod or the node. */
export interface SummaryValue {
  readonly metric: string;
  readonly value: number | bigint;
  /** Besides those that say whose value it is. */
  readonly fields: ExtraFields;
}

export interface SummaryContainer {
  readonly name: string;
  readonly values: readonly SummaryValue[];
}

export interface SummaryPod {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly values: readonly SummaryValue[];
  readonly containers: readonly SummaryContainer[];
}

/** What a kubelet tells of its node and of the pods on it. */
export interface Summary {
  readonly nodeName: string;
  readonly values: readonly SummaryValue[];
  readonly pods: readonly SummaryPod[];
  /** Pods that are left out because the kubelet does not say which they are. */
  readonly unknownPods: number;
}

/**
 * An answer to `GET /stats/summary`. What the kubelet does not know, as the CPU time of a container that was just
 * started, is left out. Undefined when it is no such answer.
 */
export function parseSummary(answer: JsonValue | undefined): Summary | undefined {
  const node = jsonAt(answer, 'node');
  const nodeName = jsonAt(node, 'nodeName');
  if (typeof nodeName !== 'string') return undefined;
  const listed = itemsOf(answer, 'pods');
  const pods = listed.flatMap((pod) => parsePod(pod) ?? []);
  return {
    nodeName,
    pods,
    unknownPods: listed.length - pods.length,
    values: [
      ...valuesOf(node, metrics.nodeReadings),
      ...networkValues(node, metrics.networkReadings('k8s.node')),
      ...namedItems(node, 'systemContainers').flatMap(({ name, item }) =>
        valuesOf(item, metrics.systemReadings, { system_container: name }),
      ),
    ],
  };
}

function parsePod(pod: JsonValue): SummaryPod | undefined {
  const name = jsonAt(pod, 'podRef.name');
  const namespace = jsonAt(pod, 'podRef.namespace');
  const uid = jsonAt(pod, 'podRef.uid');
  if (typeof name !== 'string' || typeof namespace !== 'string' || typeof uid !== 'string') return undefined;
  return {
    name,
    namespace,
    uid,
    values: [
      ...networkValues(pod, metrics.networkReadings('k8s.pod')),
      ...valuesOf(pod, metrics.podReadings),
      ...namedItems(pod, 'volume').flatMap(volumeValues),
    ],
    containers: namedItems(pod, 'containers').map((container) => ({
      name: container.name,
      values: containerValues(container.item),
    })),
  };
}

function containerValues(container: JsonValue): SummaryValue[] {
  const available = jsonAt(container, 'memory.availableBytes');
  const workingSet = jsonAt(container, 'memory.workingSetBytes');
  const values = valuesOf(container, metrics.containerReadings);
  if (typeof available !== 'number' || typeof workingSet !== 'number') return values;
  return [...values, { metric: metrics.containerLimit.name, value: available + workingSet, fields: {} }];
}

function volumeValues({ name, item }: NamedItem): SummaryValue[] {
  const claim = jsonAt(item, 'pvcRef.name');
  return valuesOf(item, metrics.volumeReadings, {
    ...(typeof claim === 'string' && { pvc_name: claim }),
    volume: name,
  });
}

/** All interfaces; a kubelet that lists none tells of the first one only. */
function networkValues(owner: JsonValue | undefined, readings: readonly Reading[]): SummaryValue[] {
  const network = jsonAt(owner, 'network');
  const listed = namedItems(network, 'interfaces');
  if (listed.length === 0) return valuesOf(network, readings, { interface: nameOf(network) ?? 'eth0' });
  return listed.flatMap(({ name, item }) => valuesOf(item, readings, { interface: name }));
}

function valuesOf(
  owner: JsonValue | undefined,
  readings: readonly Reading[],
  fields: ExtraFields = {},
): SummaryValue[] {
  const values: SummaryValue[] = [];
  for (const { name, path } of readings) {
    const value = jsonAt(owner, path);
    if (typeof value === 'number' || typeof value === 'bigint') values.push({ metric: name, value, fields });
  }
  return values;
}

interface NamedItem {
  readonly name: string;
  readonly item: JsonValue;
}

/** Those items of a list that have a name. */
function namedItems(owner: JsonValue | undefined, path: string): NamedItem[] {
  return itemsOf(owner, path).flatMap((item) => {
    const name = nameOf(item);
    return name === undefined ? [] : [{ name, item }];
  });
}

function nameOf(item: JsonValue | undefined): string | undefined {
  const name = jsonAt(item, 'name');
  return typeof name === 'string' ? name : undefined;
}

function itemsOf(owner: JsonValue | undefined, path: string): readonly JsonValue[] {
  const items = jsonAt(owner, path);
  return Array.isArray(items) ? (items as readonly JsonValue[]) : [];
}
