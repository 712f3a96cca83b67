import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { renderConfigurationReference } from '../../../src/config/render-reference.ts';

const document = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
const tables = /<!-- The tables[^]*?-->\n\n([^]*)\n\n<!-- prettier-ignore-end -->/.exec(document)?.[1];
const examples = [...document.matchAll(/```js\n([^]*?)```/g)].map(([, example]) => example ?? '');

describe('docs/configuration.md', () => {
  it('holds the tables as they are generated; when it does not, paste what is expected here', () => {
    expect(tables).toBe(renderConfigurationReference());
  });

  it('has examples', () => {
    expect(examples).toHaveLength(2);
  });

  it.each(examples)('has an example that can be read: %s', (example) => {
    expect(parseDialect(example, { file: 'example' }).kind).toBe('ok');
  });
});
