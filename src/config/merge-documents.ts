import { basename } from 'node:path';
import type { Document } from './config-files.ts';
import type { Member } from './config-node.ts';
import type { ReadContext } from './place.ts';
import { Place } from './place.ts';

/** Keys that may stand in several files; each is put together by who reads it, the others of the agent are left alone. */
const REPEATABLE = [
  'import_vars',
  'logs',
  'journald_logs',
  'k8s_logs',
  'monitors',
  'server_attributes',
  'workers',
];

/** All keys that stand in one file only, as one object. A key that stands in two is a problem, as with the agent. */
export function mergeDocuments(documents: readonly Document[], path: string, context: ReadContext): Place {
  const members = new Map<string, Member>();
  for (const { root } of documents) {
    if (root.node.kind !== 'object') continue;
    for (const [key, member] of root.node.members) {
      const first = members.get(key);
      if (REPEATABLE.includes(key)) continue;
      if (first === undefined) members.set(key, member);
      else context.problems.push({ position: member.position, path: key, message: alreadySet(first) });
    }
  }
  const position = documents[0]?.root.node.position ?? { file: path, line: 1, column: 1 };
  return new Place({ kind: 'object', members, position }, '', context);
}

function alreadySet({ position }: Member): string {
  return (
    `this key is already set in "${basename(position.file)}", line ${position.line}: ` +
    `only ${REPEATABLE.slice(0, -1).join(', ')} and ${REPEATABLE.at(-1)} may stand in several files`
  );
}
