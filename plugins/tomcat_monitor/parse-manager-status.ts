import type { ExtraFields } from 'scalyr-otel-bridge';
import { readTags } from './read-tags.ts';
import type { Tag } from './read-tags.ts';

/** A value of Tomcat. */
export interface TomcatValue {
  readonly metric: string;
  readonly value: number;
  readonly fields: ExtraFields;
}

/** An attribute of an element, and the metric it becomes. */
type Reading = readonly [attribute: string, metric: string, fields?: ExtraFields];

const READINGS: ReadonlyMap<string, readonly Reading[]> = new Map([
  [
    'memory',
    [
      ['free', 'tomcat.runtime.memory_bytes', { type: 'free' }],
      ['total', 'tomcat.runtime.memory_bytes', { type: 'total' }],
      ['max', 'tomcat.runtime.memory_bytes', { type: 'max' }],
    ],
  ],
  [
    'memorypool',
    [
      ['usageInit', 'tomcat.memory_pools.initial'],
      ['usageCommitted', 'tomcat.memory_pools.allocated'],
      ['usageMax', 'tomcat.memory_pools.max'],
      ['usageUsed', 'tomcat.memory_pools.used'],
    ],
  ],
  [
    'threadInfo',
    [
      ['maxThreads', 'tomcat.runtime.threads', { type: 'max' }],
      ['currentThreadCount', 'tomcat.runtime.threads', { type: 'active' }],
      ['currentThreadsBusy', 'tomcat.runtime.threads', { type: 'busy' }],
    ],
  ],
  [
    'requestInfo',
    [
      ['maxTime', 'tomcat.runtime.processing_time_max'],
      ['processingTime', 'tomcat.runtime.processing_time'],
      ['requestCount', 'tomcat.runtime.request_count'],
      ['errorCount', 'tomcat.runtime.error_count'],
      ['bytesReceived', 'tomcat.runtime.network_bytes', { type: 'received' }],
      ['bytesSent', 'tomcat.runtime.network_bytes', { type: 'sent' }],
    ],
  ],
]);

/**
 * The values on the page `/manager/status?XML=true` of Tomcat 6 and later, in its order; undefined when it is another
 * page. A negative size means that there is none, as no limit of a memory pool: it is left out.
 */
export function parseManagerStatus(page: string): TomcatValue[] | undefined {
  const tags = readTags(page);
  if (!tags.some(({ name }) => name === 'jvm')) return undefined;
  const values: TomcatValue[] = [];
  let connector: ExtraFields = {};
  for (const tag of tags) {
    if (tag.name === 'connector')
      connector = { connector: (tag.attributes.get('name') ?? '').replace(/^"|"$/g, '') };
    values.push(...valuesOf(tag, tag.name.startsWith('memory') ? poolOf(tag) : connector));
  }
  return values;
}

function valuesOf({ name, attributes }: Tag, common: ExtraFields): TomcatValue[] {
  return (READINGS.get(name) ?? []).flatMap(([attribute, metric, fields]) => {
    const value = Number(attributes.get(attribute) ?? -1);
    return Number.isSafeInteger(value) && value >= 0
      ? [{ metric, value, fields: { ...common, ...fields } }]
      : [];
  });
}

/** `G1 Old Gen` is `g1_old_gen`. */
function poolOf({ name, attributes }: Tag): ExtraFields {
  if (name !== 'memorypool') return {};
  const pool = (attributes.get('name') ?? '').toLowerCase().replaceAll(/[^a-z\d]+/g, '_');
  return { pool: pool.replace(/^_|_$/g, '') };
}
