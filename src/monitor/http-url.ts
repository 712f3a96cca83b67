import { BadMonitorConfiguration } from './bad-monitor-configuration.ts';

/**
 * The URL in the option `field` of a monitor's entry. Throws BadMonitorConfiguration when it is none, or none that
 * starts with http:// or https://.
 */
export function parseHttpUrl(text: string, field: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  const shown = text.replace(/\/\/[^/]*@/, '//…@');
  throw new BadMonitorConfiguration(
    `Cannot use "${shown}" in field "${field}": wanted a URL that starts with http:// or https://`,
    field,
  );
}
