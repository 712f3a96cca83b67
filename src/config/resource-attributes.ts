import { Float } from '../metric-line/float.ts';
import { parsePairs } from './name-value-pairs.ts';
import type { ReadContext } from './place.ts';
import type { ValueType } from './value-type.ts';

export type AttributeValue = string | number | boolean;

/** The value of a resource attribute. A number has to be one that JavaScript keeps exactly. */
export const attributeValue: ValueType<AttributeValue> = {
  wanted: 'a text, number or boolean',
  read(place) {
    const value = place.node.kind === 'scalar' ? place.node.value : null;
    const plain = value instanceof Float ? value.value : value;
    if (plain === null) return place.rejectFound(this.wanted);
    if (typeof plain === 'bigint' || (typeof plain === 'number' && !Number.isFinite(plain))) {
      return place.reject('wanted a finite number up to 2^53; in quotes it is a text of any length');
    }
    return plain;
  },
};

/**
 * Puts `OTEL_RESOURCE_ATTRIBUTES` and, above it, `OTEL_SERVICE_NAME` over the attributes of the file. A variable that
 * cannot be read is left out as a whole, with a warning, as the OpenTelemetry specification asks.
 */
export function withEnvironmentAttributes(
  attributes: Readonly<Record<string, AttributeValue>>,
  context: ReadContext,
): Readonly<Record<string, AttributeValue>> {
  const name = context.environment['OTEL_SERVICE_NAME'];
  return { ...attributes, ...variableAttributes(context), ...(name ? { 'service.name': name } : {}) };
}

function variableAttributes(context: ReadContext): Readonly<Record<string, string>> {
  const variable = 'OTEL_RESOURCE_ATTRIBUTES';
  const pairs = parsePairs(context.environment[variable] ?? '');
  if (pairs.kind === 'ok') return Object.fromEntries(pairs.pairs.map(({ name, value }) => [name, value]));
  context.warnings.push({
    position: { file: variable, line: 1, column: pairs.offset + 1 },
    path: 'otel.resource.attributes',
    message: `the variable is left out: ${pairs.message}`,
  });
  return {};
}
