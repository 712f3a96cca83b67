import type { ConfigObject, ConfigValue } from 'scalyr-otel-bridge';

/** Whether a part of the configuration is an object: no list, and no number either. */
export function isObject(value: ConfigValue): value is ConfigObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
