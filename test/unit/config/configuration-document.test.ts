import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { renderConfigurationReference } from '../../../src/config/render-reference.ts';

const FILE = path.resolve(import.meta.dirname, '../../../docs/configuration.md');
const TABLES = /(<!-- The tables[^]*?-->\n\n)[^]*(\n\n<!-- prettier-ignore-end -->)/;

const document = readFileSync(FILE, 'utf8');
const examples = [...document.matchAll(/```js\n([^]*?)```/g)].map(([, example]) => example ?? '');

describe('docs/configuration.md', () => {
  it('holds the tables as `npm run generate` makes them', async () => {
    expect(document).toMatch(TABLES);
    const made = document.replace(
      TABLES,
      (_, before: string, after: string) => `${before}${renderConfigurationReference()}${after}`,
    );
    await expect(made).toMatchFileSnapshot(FILE);
  });

  it('has examples', () => {
    expect(examples).toHaveLength(2);
  });

  it.each(examples)('has an example that can be read: %s', (example) => {
    expect(parseDialect(example, { file: 'example' }).kind).toBe('ok');
  });
});
