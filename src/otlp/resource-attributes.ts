import type { Configuration } from '../config/configuration.ts';

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
