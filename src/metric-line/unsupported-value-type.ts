import { inspect } from 'node:util';

/** Thrown for a metric name, a value or an extra field that the metric log cannot hold. */
export class UnsupportedValueType extends Error {
  override readonly name = 'UnsupportedValueType';

  /** A value of `metric`, or of the extra field `field` of some metric, is of a type that cannot be written. */
  static ofValue(kind: 'metric' | 'field', name: string, value: unknown): UnsupportedValueType {
    return new UnsupportedValueType(
      `Unsupported ${kind} value type of "${typeName(value)}" with value "${show(value)}" for ${kind}="${name}": ` +
        'only string, number, bigint, boolean and Float are supported',
    );
  }

  /** The name of a metric is no string. */
  static ofName(name: unknown): UnsupportedValueType {
    return new UnsupportedValueType(
      `Unsupported metric name type of "${typeName(name)}" with value "${show(name)}": it must be a string`,
    );
  }
}

/** `null`, `undefined`, `function`, `symbol`, or the class of an object: `Array`, `Map`, `Buffer`. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || typeof prototype !== 'object') return 'object';
  return typeof prototype.constructor === 'function' ? prototype.constructor.name : 'object';
}

/** Short, and without running code of the value's own. */
function show(value: unknown): string {
  return inspect(value, {
    customInspect: false,
    depth: 1,
    maxArrayLength: 10,
    maxStringLength: 100,
    breakLength: Infinity,
  });
}
