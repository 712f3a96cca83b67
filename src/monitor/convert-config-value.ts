import type { ConfigObject, ConfigValue } from '../config/config-value.ts';
import { plainValue } from '../config/config-node.ts';
import { parseDialect } from '../config/parse-dialect.ts';
import { Float } from '../metric-line/float.ts';
import { BadMonitorConfiguration } from './bad-monitor-configuration.ts';
import { pythonText } from './python-text.ts';

/** What `convertTo` makes of a value in the configuration. */
export interface Converted {
  /** Any value as a text in Python's form: `True`, `5.0`, `['a', 1]`. */
  readonly string: string;
  /** A whole number; `5.7` is cut off to 5. One beyond 2^53 is an error: `bigint` takes it. */
  readonly int: number;
  /** A whole number of any size. */
  readonly bigint: bigint;
  readonly float: number;
  /** true or false; of a text, whether it is `true` in any case. */
  readonly bool: boolean;
  /** A list of texts, or one text `a, b` or `["a", "b"]`, split at commas. Scalyr's ArrayOfStrings. */
  readonly stringArray: readonly string[];
  /** As `stringArray`; a text is split at blanks as well. */
  readonly spaceAndCommaSeparatedStrings: readonly string[];
  /** A list, or a text in Scalyr's dialect of JSON that holds one. */
  readonly array: readonly ConfigValue[];
  /** An object, or a text in Scalyr's dialect of JSON that holds one. */
  readonly object: ConfigObject;
}

export type ConvertTo = keyof Converted;

/** A value that is given. */
export type PresentValue = Exclude<ConfigValue, null>;

/**
 * The value of the option `field` as what `convertTo` names; a float stays a Float where it is whole. Throws
 * BadMonitorConfiguration. The rules are the Scalyr agent's, which are not all one would expect: 5 is no bool, but "5" is
 * false.
 */
export function convertConfigValue(value: PresentValue, convertTo: ConvertTo, field: string): PresentValue {
  return CONVERSIONS[convertTo](value, field);
}

type Conversion = (value: PresentValue, field: string) => PresentValue;

const CONVERSIONS: Readonly<Record<ConvertTo, Conversion>> = {
  string: pythonText,
  int: (value, field) => toSafeInteger(toInteger(value, field, 'int'), field),
  bigint: (value, field) => toInteger(value, field, 'bigint'),
  float: toFloat,
  bool: toBool,
  stringArray: (value, field) => toStrings(value, field, 'stringArray'),
  spaceAndCommaSeparatedStrings: (value, field) => toStrings(value, field, 'spaceAndCommaSeparatedStrings'),
  array: (value, field) => {
    const document = readDocument(value, field, 'array');
    return isArray(document) ? document : prohibit(document, field, 'array');
  },
  object: (value, field) => {
    const document = value === '' ? {} : readDocument(value, field, 'object');
    return typeOf(document) === 'object' ? document : prohibit(document, field, 'object');
  },
};

function toInteger(value: PresentValue, field: string, convertTo: ConvertTo): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') return parseInteger(value, field, convertTo);
  const number = value instanceof Float ? value.value : value;
  if (typeof number !== 'number') return prohibit(value, field, convertTo);
  if (!Number.isFinite(number)) {
    throw new BadMonitorConfiguration(
      `Cannot convert ${pythonText(value)} for field "${field}" to ${convertTo}`,
      field,
    );
  }
  return BigInt(Math.trunc(number));
}

function toSafeInteger(value: bigint, field: string): number {
  const number = Number(value);
  if (BigInt(number) === value && Math.abs(number) <= 2 ** 53) return number;
  throw new BadMonitorConfiguration(
    `Value of ${value} in field "${field}" is too large for int: beyond 2^53 numbers are not exact, bigint is`,
    field,
  );
}

/** As Python's int(): blanks around it, a sign, digits, single underscores between them. */
function parseInteger(text: string, field: string, convertTo: ConvertTo): bigint {
  const digits = text.trim();
  if (!/^[+-]?\d+(_\d+)*$/.test(digits)) throw cannotParse(text, field, `numeric type ${convertTo}`);
  return BigInt(digits.replaceAll('_', '').replace(/^\+/, ''));
}

function toFloat(value: PresentValue, field: string): PresentValue {
  if (value instanceof Float) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return new Float(Number(value));
  return typeof value === 'string'
    ? new Float(parseFloatText(value, field))
    : prohibit(value, field, 'float');
}

/** As Python's float(): also `.5`, `5.`, `inf`, `nan`. */
function parseFloatText(text: string, field: string): number {
  const number = text.trim().toLowerCase();
  if (/^[+-]?(inf|infinity)$/.test(number)) return number.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/.test(number)) return Number.NaN;
  const digits = number.replace(/(\d)_(?=\d)/g, '$1');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(digits))
    throw cannotParse(text, field, 'numeric type float');
  return Number(digits);
}

function toBool(value: PresentValue, field: string): boolean {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value.toLowerCase() === 'true' : prohibit(value, field, 'bool');
}

function toStrings(value: PresentValue, field: string, convertTo: ConvertTo): readonly string[] {
  if (typeof value === 'string') return splitStrings(value, convertTo === 'stringArray' ? /,/ : /[,\s]/);
  if (!isArray(value)) return prohibit(value, field, convertTo);
  return value.map((element) => {
    if (typeof element === 'string') return element;
    const found = element === null ? 'null' : typeOf(element);
    throw new BadMonitorConfiguration(
      `Non-string element found in value ${pythonText(value)} (type ${found}) for field "${field}"`,
      field,
    );
  });
}

function splitStrings(text: string, separator: RegExp): readonly string[] {
  return text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(separator)
    .map((part) => part.trim().replace(/^["']|["']$/g, ''))
    .filter((part) => part !== '');
}

/** What a text holds that is written in Scalyr's dialect of JSON; any other value is what it is. */
function readDocument(value: PresentValue, field: string, convertTo: ConvertTo): PresentValue {
  if (typeof value !== 'string') return value;
  const outcome = parseDialect(value, { file: field });
  const document = outcome.kind === 'ok' ? plainValue(outcome.document) : null;
  if (document === null) throw cannotParse(value, field, convertTo);
  return document;
}

function cannotParse(text: string, field: string, as: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Could not parse value ${text} for field "${field}" as ${as}`, field);
}

function prohibit(value: PresentValue, field: string, convertTo: ConvertTo): never {
  throw new BadMonitorConfiguration(
    `Prohibited conversion of config param "${field}" from ${typeOf(value)} to ${convertTo}`,
    field,
  );
}

/** The type of a value, in the words of `convertTo`. */
function typeOf(value: PresentValue): ConvertTo {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value instanceof Float) return 'float';
  return isArray(value) ? 'array' : 'object';
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(value: PresentValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}
