import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { configurationOf } from '../config/config-folder.ts';
import { foldersIn, loadPlugin, PLUGINS } from '../plugins/plugin.ts';
import { readDocument } from './documents.ts';

const README = fileURLToPath(new URL('../../../README.md', import.meta.url));
const text = readFileSync(README, 'utf8');

/** The table of the plugins that come with the package, each with the sentence that it says of itself. */
async function pluginTable(): Promise<string> {
  const rows = foldersIn(PLUGINS).map(
    async (name) => `| [${name}](plugins/${name}/README.md) | ${await descriptionOf(name)} |`,
  );
  return ['| plugin | what it does |', '| --- | --- |', ...(await Promise.all(rows))].join('\n');
}

/** A class in TypeScript describes itself; of another plugin it is the first sentence of its README. */
async function descriptionOf(name: string): Promise<string | undefined> {
  if (existsSync(path.join(PLUGINS, name, `${name}.ts`))) return (await loadPlugin(name)).description;
  return /^# .+\n\n([^.]+)/
    .exec(readDocument(`plugins/${name}/README.md`))?.[1]
    ?.concat('.')
    .replaceAll('\n', ' ');
}

describe('README.md', () => {
  it('lists the plugins that there are; `npm run generate` makes the list', async () => {
    const place =
      /(<!-- plugins: [^\n]*-->\n<!-- prettier-ignore-start -->\n)[^]*?(\n<!-- prettier-ignore-end -->)/;
    const table = await pluginTable();
    const made = text.replace(place, (_, before: string, after: string) => `${before}\n${table}\n${after}`);
    expect(text).toMatch(place);
    await expect(made).toMatchFileSnapshot(README);
  });

  it('has an example of a configuration that can be used as it is', () => {
    const example = /```js\n(\{[^]*?)```/.exec(text)?.[1] ?? '';
    const { monitors, otel } = configurationOf(example, { HOSTED_API_KEY: 'key' });
    expect(monitors.map(({ name }) => name)).toEqual(['random_coin()', 'url_monitor(shop)']);
    expect(otel.backends.map(({ name }) => name)).toEqual(['collector', 'hosted']);
  });
});
