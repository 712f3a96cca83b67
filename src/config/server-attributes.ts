import type { Document } from './config-files.ts';
import type { Place } from './place.ts';
import { recordOf, scalarAsText } from './value-type.ts';

const attributes = recordOf(scalarAsText, 'an object: each value a text, number or boolean');

/**
 * `server_attributes` of all files, values as they would be written. When two files give one attribute, the later counts,
 * with a warning. `serverHost` is the host name unless a file says otherwise.
 */
export function readServerAttributes(
  documents: readonly Document[],
  hostname: string,
): Readonly<Record<string, string>> {
  const merged = new Map<string, string>();
  for (const place of documents.map(({ root }) => root.member('server_attributes'))) {
    if (place === undefined) continue;
    for (const [name, value] of Object.entries(attributes.read(place) ?? {})) {
      if (merged.has(name) && merged.get(name) !== value) warnReplaced(place, name);
      merged.set(name, value);
    }
  }
  return Object.fromEntries(new Map([['serverHost', hostname], ...merged]));
}

function warnReplaced(place: Place, name: string): void {
  place.member(name)?.warn('another file gives this attribute another value: this one counts');
}
