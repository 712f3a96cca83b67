import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';

const PLUGINS = path.resolve(import.meta.dirname, '../../fixtures/python');

function plugin(value: string): string {
  return `
from scalyr_agent import ScalyrMonitor


class Edited(ScalyrMonitor):
    """Emits what its author has just written."""

    def gather_sample(self):
        self._logger.emit_value("written", ${value})
`;
}

it('starts a monitor anew when its plugin is edited, and no other', async () => {
  const folder = new CollectorFolder({
    monitors: [
      { module: 'edited', sample_interval: 0.2 },
      { module: 'counts', sample_interval: 0.2 },
    ],
    additional_monitor_module_paths: `.:${PLUGINS}`,
  });
  folder.write('edited.py', plugin('1'));
  await folder.startAndWait();
  const values = (): string[] => folder.log('edited.log').map((line) => line.slice(25));
  while (values().length < 2) await new Promise((resolve) => setTimeout(resolve, 50));

  folder.write('edited.py', plugin('"two"'));
  while (!values().includes('[edited()] written "two"'))
    await new Promise((resolve) => setTimeout(resolve, 50));

  expect(new Set(values())).toEqual(new Set(['[edited()] written 1', '[edited()] written "two"']));
  const counts = folder.log('counts.log').map((line) => Number(/ count (\d+)$/.exec(line)?.[1]));
  expect(counts).toEqual(counts.map((_, index) => index + 1));
  expect(readFileSync(`${folder.path}/log/scalyr-otel.log`, 'utf8')).toContain(
    `[monitor:edited()] Monitor is started anew: The plugin has changed: "${folder.path}/edited.py"`,
  );
});
