import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

const PLACES = [
  '.',
  'docs',
  'otel-config',
  ...readdirSync(path.join(ROOT, 'plugins')).map((name) => `plugins/${name}`),
];

/** The pages of the project's documentation, relative to {@link ROOT}. */
export const documents: readonly string[] = PLACES.flatMap((place) =>
  readdirSync(path.join(ROOT, place))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(place, name)),
);

export function readDocument(document: string): string {
  return readFileSync(path.join(ROOT, document), 'utf8');
}
