import { describe, expect, it } from 'vitest';
import { BadMonitorConfiguration } from '../../../src/monitor/bad-monitor-configuration.ts';
import { parseHttpUrl } from '../../../src/monitor/http-url.ts';

describe('parseHttpUrl', () => {
  it('reads a URL of the web', () => {
    expect(parseHttpUrl('https://host/status?auto', 'status_url').href).toBe('https://host/status?auto');
  });

  it.each(['localhost/status', 'ftp://host/status', ''])('refuses "%s" and names the field', (text) => {
    expect(() => parseHttpUrl(text, 'status_url')).toThrow(
      new BadMonitorConfiguration(
        `Cannot use "${text}" in field "status_url": wanted a URL that starts with http:// or https://`,
        'status_url',
      ),
    );
  });

  it('does not show who the URL says to be', () => {
    expect(() => parseHttpUrl('htp://me:secret@host/', 'url')).toThrow('Cannot use "htp://…@host/"');
  });
});
