import { isDeepStrictEqual } from 'node:util';
import type { Configuration, MonitorEntry } from './configuration.ts';

/** Whether two entries mean the same monitor; where they stand in a file does not matter. */
export function isSameMonitor(a: MonitorEntry, b: MonitorEntry): boolean {
  return isDeepStrictEqual({ ...a, source: undefined }, { ...b, source: undefined });
}

/** What it takes to go over from one configuration to another. */
export type Difference = 'none' | 'monitors' | 'more';

/** `monitors`: only monitors were added, removed or changed; `more`: something that all of them work with. */
export function compareConfigurations(before: Configuration, after: Configuration): Difference {
  if (!isDeepStrictEqual(withoutMonitors(before), withoutMonitors(after))) return 'more';
  const isSame =
    before.monitors.length === after.monitors.length &&
    before.monitors.every((entry, index) => {
      const other = after.monitors[index];
      return other !== undefined && isSameMonitor(entry, other);
    });
  return isSame ? 'none' : 'monitors';
}

function withoutMonitors(configuration: Configuration) {
  return { ...configuration, monitors: undefined, files: undefined };
}
