import { globsToRegExp, readPattern } from 'scalyr-otel-bridge';
import type { MonitorConfig } from 'scalyr-otel-bridge';
import { containerGlobs, containerGlobsExclude, containerName } from './options.ts';

/** Whether a container shall be watched, by its name. Throws BadMonitorConfiguration for what is no regular expression. */
export function makeContainerFilter(config: MonitorConfig): (name: string) => boolean {
  const include = globsToRegExp(config.get(containerGlobs) ?? ['*']);
  const exclude = globsToRegExp(config.get(containerGlobsExclude));
  const own = config.get(containerName) ?? '';
  const pattern = own === '' ? undefined : readPattern(own, { field: containerName.name });
  return (name) => include.test(name) && !exclude.test(name) && pattern?.exec(name)?.index !== 0;
}
