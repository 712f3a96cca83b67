import { BadMonitorConfiguration } from '../../monitor/bad-monitor-configuration.ts';
import { isMonitorClass, type MonitorClass } from '../../monitor/scalyr-monitor.ts';

/**
 * Finds the one monitor class that a module exports. A class exported under several names counts once; the base class
 * itself does not count. Throws BadMonitorConfiguration, which says what the module exports and what to do: starting again
 * would not help.
 */
export function pickMonitorClass(exported: unknown, module: string): MonitorClass {
  const exports = exported !== null && typeof exported === 'object' ? Object.entries(exported) : [];
  const classes = new Map<MonitorClass, string>();
  for (const [name, value] of exports) {
    if (isMonitorClass(value)) classes.set(value, value.name === '' ? name : value.name);
  }
  const [first, ...others] = classes.keys();
  if (first === undefined) {
    const names = exports.map(([name]) => name).join(', ');
    throw new BadMonitorConfiguration(
      `Cannot find a monitor class in "${module}": found ${names === '' ? 'no exports' : `the exports ${names}`}, ` +
        'wanted one exported class that extends ScalyrMonitor',
      'module',
    );
  }
  if (others.length === 0) return first;
  throw new BadMonitorConfiguration(
    `Cannot choose a monitor class in "${module}": found ${[...classes.values()].join(', ')}, wanted one; ` +
      'export only the class that shall run',
    'module',
  );
}
