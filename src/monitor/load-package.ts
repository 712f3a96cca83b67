import { createRequire } from 'node:module';
import { BadMonitorConfiguration } from './bad-monitor-configuration.ts';

/**
 * What an npm package exports that only this monitor needs, such as a driver: it need not be installed for the others.
 * It is looked for where the plugin stands, whose place is `import.meta.url`. Throws BadMonitorConfiguration, which says
 * what to install.
 *
 *     const driver = loadPackage('pg', import.meta.url);
 */
export function loadPackage(name: string, place: string): unknown {
  const requireFromPlace = createRequire(place);
  try {
    requireFromPlace.resolve(name);
  } catch (cause) {
    const [scope = '', rest = ''] = name.split('/', 2);
    const toInstall = name.startsWith('@') ? `${scope}/${rest}` : scope;
    throw new BadMonitorConfiguration(
      `Cannot load "${name}", which this monitor needs: run "npm install ${toInstall}" where the collector is installed`,
      'module',
      { cause },
    );
  }
  return requireFromPlace(name) as unknown;
}
