import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isMonitorClass } from '../../../src/monitor/scalyr-monitor.ts';
import type { MonitorClass, ScalyrMonitor } from '../../../src/monitor/scalyr-monitor.ts';

/** Folder of the plugins that come with the package. */
export const PLUGINS = path.resolve(import.meta.dirname, '../../../plugins');

/** What a monitor class declares, and how it is made. */
export type PluginClass = MonitorClass &
  Pick<typeof ScalyrMonitor, 'description' | 'configOptions' | 'metrics'>;

/** Names of all plugins of the package that are written in TypeScript. */
export const pluginNames: readonly string[] = foldersIn(PLUGINS).filter((name) =>
  existsSync(path.join(PLUGINS, name, `${name}.ts`)),
);

/** The monitor class of `plugins/<name>/<name>.ts`. */
export async function loadPlugin(name: string): Promise<PluginClass> {
  const exported = (await import(path.join(PLUGINS, name, `${name}.ts`))) as Record<string, unknown>;
  const found = Object.values(exported).find(isMonitorClass);
  if (found === undefined) throw new Error(`plugins/${name}/${name}.ts exports no monitor class`);
  return found as PluginClass;
}

/** Names of the folders in a folder, sorted; none when there is no such folder. */
export function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
