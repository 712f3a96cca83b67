import { scalarText } from '../../../src/config/config-node.ts';
import type { ConfigValue } from '../../../src/config/config-value.ts';
import { Float } from '../../../src/metric-line/float.ts';

/** Prints a value as Python's repr() does, the form in which the agent's outcomes are recorded. */
export function pythonRepr(value: ConfigValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quote(value);
  if (value === Infinity) return 'inf';
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float)
    return scalarText(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${quote(key)}: ${pythonRepr(member)}`)
    .join(', ')}}`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function quote(text: string): string {
  const escaped = text.replace(
    /[\p{Cc}\\]/gu,
    (character) => SHORT[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped}'`;
}
