import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PLACES = [
  '.',
  'docs',
  'otel-config',
  ...readdirSync(path.join(ROOT, 'plugins')).map((name) => `plugins/${name}`),
];
const documents = PLACES.flatMap((place) =>
  readdirSync(path.join(ROOT, place))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(place, name)),
);

const read = (document: string): string => readFileSync(path.join(ROOT, document), 'utf8');

/** The name that a heading can be linked by. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsIn(document: string): string[] {
  return [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
}

function brokenLinks(document: string): string[] {
  const prose = read(document).replaceAll(/```[^]*?```/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsIn(target).includes(anchor);
    });
}

describe('documents', () => {
  it.each(documents)('%s links to what is there', (document) => {
    expect(brokenLinks(document)).toEqual([]);
  });
});
