import { readConfigFile } from './read-config-file.ts';
import type { Place } from './place.ts';
import type { ValueType } from './value-type.ts';
import { complete } from './value-type.ts';

/** What RFC 9110 calls a token. */
const NAME = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** What a header line can carry: visible characters, blanks and tabs of Latin-1. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** Headers that say how the body is sent; another value would break every request. */
const RESERVED = [
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
];

/**
 * Headers for every request to a backend: a text, or `{ env: "VARIABLE" }`, or `{ file: "path" }`. The values are secrets:
 * no problem shows one.
 */
export const headers: ValueType<Readonly<Record<string, string>>> = {
  wanted: 'an object: each value a text, { env: "VARIABLE" } or { file: "path" }',
  read(place) {
    if (place.node.kind !== 'object') return place.rejectKind('an object of headers');
    const seen = new Set<string>();
    const read = place.members().map(([name, member]) => {
      const lowerCase = name.toLowerCase();
      if (seen.has(lowerCase))
        return member.reject('wanted each header once; upper and lower case are the same');
      seen.add(lowerCase);
      return readHeader(name, member);
    });
    const all = complete(read);
    return all && Object.fromEntries(all);
  },
};

function readHeader(name: string, place: Place): readonly [string, string] | undefined {
  if (!NAME.test(name))
    return place.reject("wanted the name of a header: letters, digits and !#$%&'*+-.^_`|~");
  if (RESERVED.includes(name.toLowerCase()))
    return place.reject('this header is set by the collector itself; leave it out');
  const value = readSource(place)?.trim();
  if (value === undefined) return undefined;
  if (value === '') return place.reject('wanted a value that is not empty');
  if (!VALUE.test(value)) {
    return place.reject(
      'the value has a character that a header cannot carry: a line break, a control character or one beyond Latin-1',
    );
  }
  return [name, value];
}

function readSource(place: Place): string | undefined {
  if (place.text !== undefined) return place.text;
  const [[kind, source] = [], ...others] = place.members();
  if (others.length > 0 || source === undefined || (kind !== 'env' && kind !== 'file')) {
    return place.rejectKind('a text, { env: "VARIABLE" } or { file: "path" }');
  }
  const name = source.text;
  if (!name) return source.rejectKind('a text that is not empty');
  return kind === 'env' ? fromEnvironment(name, source) : fromFile(name, source);
}

function fromEnvironment(variable: string, place: Place): string | undefined {
  place.context.secretVariables.add(variable);
  const value = place.context.environment[variable]?.trim();
  if (value) return value;
  const name = /^[A-Z_][A-Z\d_]*$/.test(variable) ? `"${variable}"` : 'of this name';
  return place.reject(`the variable ${name} is not set, or empty: wanted the value of the header in it`);
}

function fromFile(path: string, place: Place): string | undefined {
  const file = readConfigFile(place.resolvePath(path));
  if (file.kind === 'failed') return place.reject(file.message);
  return (
    file.text.trim() || place.reject(`the file "${path}" is empty: wanted the value of the header in it`)
  );
}
