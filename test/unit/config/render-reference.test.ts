import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderConfigurationReference } from '../../../src/config/render-reference.ts';

it('docs/configuration.md holds the tables as they are generated; when it does not, paste what is expected here', () => {
  const document = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const tables = /<!-- The tables[^]*?-->\n\n([^]*)\n\n<!-- prettier-ignore-end -->/.exec(document)?.[1];

  expect(tables).toBe(renderConfigurationReference());
});
