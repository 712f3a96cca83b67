import { resourceFromAttributes } from '@opentelemetry/resources';
import type { Resource } from '@opentelemetry/resources';
import type { Configuration } from '../config/configuration.ts';
import { wellFormed } from './well-formed.ts';

/** Attributes of the resource, flat and plain, so that they can travel to another thread. */
export type ResourceAttributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Who sends: `server_attributes`, with `serverHost` under OpenTelemetry's name for it, `host.name`. What the section
 * `otel` and the variables OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say wins (`resourceAttributes` holds both).
 */
export function toResourceAttributes(
  configuration: Pick<Configuration, 'serverAttributes'> & {
    readonly otel: Pick<Configuration['otel'], 'resourceAttributes'>;
  },
): ResourceAttributes {
  const { serverHost, ...server } = configuration.serverAttributes;
  return {
    'service.name': 'scalyr-otel-bridge',
    ...server,
    ...(serverHost !== undefined && { 'host.name': serverHost }),
    ...configuration.otel.resourceAttributes,
  };
}

/** The SDK's form of it, with numbers that are no int64 and broken texts kept out. */
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
