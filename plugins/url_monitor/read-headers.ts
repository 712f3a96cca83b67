import { validateHeaderName, validateHeaderValue } from 'node:http';
import { BadMonitorConfiguration } from 'scalyr-otel-bridge';
import type { ConfigValue } from 'scalyr-otel-bridge';

const FIELD = 'request_headers';

/**
 * Headers of a request, by their names in lower case: `[{ header, value }, …]` as in the Scalyr agent, or an object.
 * Throws BadMonitorConfiguration, which never shows a value: it may be secret.
 */
export function readHeaders(given: ConfigValue | undefined): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairsOf(given)) {
    if (typeof value !== 'string') throw unusable(`the value of "${name}" is no text`);
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw unusable(`"${name}" is no name of a header, or its value holds what no header may`);
    }
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

function pairsOf(given: ConfigValue | undefined): [string, ConfigValue | undefined][] {
  if (given === undefined || given === null || given === '') return [];
  if (!Array.isArray(given)) {
    if (isObject(given)) return Object.entries(given);
    throw unusable('it is neither a list nor an object');
  }
  return given.map((element: ConfigValue) => {
    if (!isObject(element)) throw unusable('it holds something that is no object');
    const { header, value } = element;
    if (typeof header !== 'string') throw unusable('an element has no "header"');
    return [header, value];
  });
}

function isObject(value: ConfigValue): value is Readonly<Record<string, ConfigValue>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function unusable(found: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(
    `Cannot use field "${FIELD}": ${found}; wanted [{ header: "accept", value: "text/plain" }] or { accept: "text/plain" }`,
    FIELD,
  );
}
