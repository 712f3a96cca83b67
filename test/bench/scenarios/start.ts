import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/clock/system-clock.ts';
import { MAIN, PLUGINS } from '../bench-collector.ts';
import { below, median } from '../figure.ts';
import type { Figure, Scenario } from '../figure.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

const STARTS = 9;
const COMPILED_PLUGINS = fileURLToPath(new URL('../plugins', import.meta.url));

/** From the start of `scalyr-otel run-monitor` to its first metric line, for a plugin of each kind. */
export const start: Scenario = {
  name: 'start',
  measure: (say) => inTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (progress: string) => void): Promise<readonly Figure[]> {
  await copyFile(path.join(PLUGINS, 'one-value.ts'), path.join(folder, 'written_in_ts.ts'));
  await copyFile(path.join(PLUGINS, 'one_value_python.py'), path.join(folder, 'written_in_python.py'));
  await copyFile(path.join(COMPILED_PLUGINS, 'one-value.js'), path.join(folder, 'written_in_js.js'));
  const figures: Figure[] = [];
  for (const [name, module, aimMs] of [
    ['plugin of the package', 'random_coin', 400],
    ['.ts plugin on disk', 'written_in_ts', 400],
    ['.js plugin on disk', 'written_in_js', 400],
    ['.py plugin on disk', 'written_in_python', 500],
  ] as const) {
    say(name);
    const value = await medianStart(folder, module);
    figures.push({ name: `${name}, median`, value, unit: 'ms', aim: below(aimMs) });
  }
  return figures;
}

async function medianStart(folder: string, module: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) times.push(await startOnce(folder, module));
  return median(times);
}

async function startOnce(folder: string, module: string): Promise<number> {
  const startedMs = systemClock.monotonic();
  const child = spawn(process.execPath, [MAIN, 'run-monitor', '-p', folder, '--samples', '1', module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let firstMs = Number.NaN;
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (Number.isNaN(firstMs) && printed.includes(`[${module}()] `)) firstMs = systemClock.monotonic();
  });
  await ended;
  if (Number.isNaN(firstMs)) throw new Error(`No metric line of "${module}" was printed, but: ${printed}`);
  return firstMs - startedMs;
}
