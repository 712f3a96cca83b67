import type { ConfigValue } from '../config/config-value.ts';
import { Float } from '../metric-line/float.ts';

/**
 * A value as Python's `str()` writes it: `True`, `5.0`, `['a', 1]`. A monitor that reads a number or a list as text gets
 * the text it would get from the Scalyr agent.
 */
export function pythonText(value: ConfigValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

function pythonRepr(value: ConfigValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}` : pythonFloat(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Float) return pythonFloat(value.value);
  if (isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const members = Object.entries(value).map(([name, member]) => `${quoted(name)}: ${pythonRepr(member)}`);
  return `{${members.join(', ')}}`;
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(value: ConfigValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}

/** A float in Python's words: `5.0`, `1e+16`, `1e-05`, `inf`, `nan`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) {
    return value.toExponential().replace(/([+-])(\d)$/, '$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\p{Cc}]/gu, escapeCharacter);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
