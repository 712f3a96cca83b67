import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainValue } from '../../../src/config/config-node.ts';
import type { ConfigObject } from '../../../src/config/config-value.ts';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import { RecordingContext } from '../monitor/recording-context.ts';
import { loadPlugin, pluginNames, PLUGINS } from './plugin.ts';
import { withTables } from './readme-tables.ts';

const read = (plugin: string, file: string): string => readFileSync(path.join(PLUGINS, plugin, file), 'utf8');

describe.each(pluginNames)('plugins/%s', (plugin) => {
  const readme = (): string => read(plugin, 'README.md');

  it('has a README with the tables that its class declares; `npm run generate` makes them', async () => {
    const made = withTables(readme(), await loadPlugin(plugin));
    await expect(made).toMatchFileSnapshot(path.join(PLUGINS, plugin, 'README.md'));
  });

  it('has the places for both tables in its README', () => {
    expect(readme().match(/<!-- (options|metrics): /g)).toEqual(['<!-- options: ', '<!-- metrics: ']);
  });

  it('shows lines of its own in its README', () => {
    const lines =
      readme()
        .match(/^ {4}\d{4}-.*$/gm)
        ?.map((line) => parseLine(line.trimStart())) ?? [];
    const monitors = new Set(lines.map((line) => line?.monitor));
    expect([...monitors]).toEqual([plugin]);
  });

  it('has a sample configuration that its class takes', async () => {
    const outcome = parseDialect(read(plugin, 'agent.json'), { file: 'agent.json' });
    const document = outcome.kind === 'ok' ? plainValue(outcome.document) : outcome.problem;
    const { monitors } = document as unknown as { monitors: ConfigObject[] };
    const plugins = monitors.map(({ module }) => module);
    const monitorClass = await loadPlugin(plugin);
    expect(plugins).toEqual(plugins.map(() => plugin));
    for (const config of monitors) {
      expect(new monitorClass(new RecordingContext({ module: plugin, config }))).toBeInstanceOf(monitorClass);
    }
  });

  it('says in one sentence what it measures', async () => {
    expect((await loadPlugin(plugin)).description).toMatch(/^[A-Z].*[^.]\.$/);
  });
});
