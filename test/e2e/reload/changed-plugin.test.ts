import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CollectorFolder } from '../support/collector-folder.ts';

const WITHIN = { timeout: 30_000 };

const PLUGIN = `
import { ScalyrMonitor } from 'scalyr-otel-bridge';
import { value } from './value.ts';

export class Edited extends ScalyrMonitor {
  override gatherSample(): void {
    this.logger.emitValue('written', value);
  }
}
`;

/** A collector with the plugin above in monitors/local, and with one that nobody edits. */
class EditedPlugin {
  readonly folder = new CollectorFolder({
    monitors: [
      { module: 'edited', sample_interval: 0.2 },
      { module: 'sequence', sample_interval: 0.2, values_per_sample: 1 },
    ],
  });

  constructor() {
    mkdirSync(path.join(this.folder.path, 'monitors/local'), { recursive: true });
    this.folder.write('monitors/local/edited.ts', PLUGIN);
  }

  /** Edits a file that the plugin imports. */
  writeValue(text: string): void {
    this.folder.write('monitors/local/value.ts', `export const value = ${text};\n`);
  }

  async untilWritten(value: string): Promise<void> {
    const written = (): boolean =>
      this.folder.log('edited.log').some((line) => line.endsWith(`[edited()] written ${value}`));
    await expect.poll(written, WITHIN).toBe(true);
  }

  async untilLogged(text: string): Promise<void> {
    await expect.poll(() => this.folder.log('scalyr-otel.log').join('\n'), WITHIN).toContain(text);
  }
}

it('starts a monitor anew when its plugin, or what that imports, is edited, and no other', async () => {
  const plugin = new EditedPlugin();
  plugin.writeValue('1');
  const collector = await plugin.folder.startAndWait();
  await plugin.untilWritten('1');

  plugin.writeValue('"two"');
  await plugin.untilWritten('"two"');
  await collector.stop();

  const file = path.join(plugin.folder.path, 'monitors/local/value.ts');
  await plugin.untilLogged(`[monitor:edited()] Monitor is started anew: The plugin has changed: "${file}"`);
  const numbers = plugin.folder.log('sequence.log').map((line) => Number(/ sequence (\d+) /.exec(line)?.[1]));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

it('runs a parked monitor again when the mistake was in a file that its plugin imports', async () => {
  const plugin = new EditedPlugin();
  plugin.writeValue('');
  const collector = await plugin.folder.startAndWait();
  await plugin.untilLogged('[monitor:edited()] Monitor is parked');

  plugin.writeValue('3');
  await plugin.untilWritten('3');

  expect((await collector.stop()).code).toBe(0);
});

it('parks a monitor whose plugin was spoilt, and runs it again as soon as that is mended', async () => {
  const plugin = new EditedPlugin();
  plugin.writeValue('1');
  const collector = await plugin.folder.startAndWait();
  await plugin.untilWritten('1');

  plugin.folder.write('monitors/local/edited.ts', `${PLUGIN} this is no program`);
  await plugin.untilLogged('[monitor:edited()] Monitor is parked');
  plugin.folder.write('monitors/local/edited.ts', PLUGIN.replace('value)', 'value + 1)'));
  await plugin.untilWritten('2');

  expect((await collector.stop()).code).toBe(0);
});
