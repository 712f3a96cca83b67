import { resourceFromAttributes } from '@opentelemetry/resources';
import type { Resource } from '@opentelemetry/resources';
import type { ResourceAttributes } from './resource-attributes.ts';
import { wellFormed } from './well-formed.ts';

/** The SDK's form of the resource, with numbers that are no int64 and broken texts kept out. */
export function toResource(attributes: ResourceAttributes): Resource {
  const safe = Object.entries(attributes).map(([key, value]) => [key, safeValue(value)] as const);
  return resourceFromAttributes(Object.fromEntries(safe));
}

function safeValue(value: string | number | boolean): string | number | boolean {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) > 2 ** 53))
    return String(value);
  return value;
}
