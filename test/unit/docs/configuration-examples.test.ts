import { describe, expect, it } from 'vitest';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { documents, readDocument } from './documents.ts';

const examples = documents.flatMap((page) => {
  const blocks = readDocument(page).matchAll(/^```(?:js|json5?)\n(\{[^]*?)^```$|^ {4}(\{.*\})$/gm);
  return [...blocks].map(([, fenced, indented]) => ({ page, example: fenced ?? indented ?? '' }));
});

describe('configurations in the documentation', () => {
  it.each(examples)('$page can be read: $example', ({ page, example }) => {
    expect(parseDialect(example, { file: page })).toMatchObject({ kind: 'ok' });
  });

  it('are looked for on every page that has some', () => {
    expect(examples.map(({ page }) => page)).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/plugins.md',
        'docs/python-plugins.md',
        'plugins/random_coin/README.md',
      ]),
    );
  });
});
