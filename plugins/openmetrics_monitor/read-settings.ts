import { BadMonitorConfiguration, Float } from 'scalyr-otel-bridge';
import type { ConfigObject, ConfigValue, ExtraFields, MetricValue } from 'scalyr-otel-bridge';

/** The members of an option as extra fields. Throws BadMonitorConfiguration for lists and objects. */
export function readFields(settings: ConfigObject, option: string): ExtraFields {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      if (!isMetricValue(value)) throw badMember(name, { option, wanted: 'a text, a number, true or false' });
      return [name, value];
    }),
  );
}

/** The members of an option as HTTP headers. Throws BadMonitorConfiguration for what cannot be sent; never shows values. */
export function readHeaders(settings: ConfigObject, option: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      if (
        !/^[\w!#$%&'*+.^`|~-]+$/.test(name) ||
        typeof value !== 'string' ||
        !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)
      ) {
        throw badMember(name, {
          option,
          wanted: 'a header: a name of letters, digits and "-", and a text in one line',
        });
      }
      return [name, value];
    }),
  );
}

function isMetricValue(value: ConfigValue): value is MetricValue {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value) || value instanceof Float;
}

function badMember(
  name: string,
  { option, wanted }: { option: string; wanted: string },
): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Cannot use "${name}" in field "${option}": wanted ${wanted}`, option);
}
