import { describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { NginxMonitor } from './nginx_monitor.ts';
import { parseStubStatus } from './parse-stub-status.ts';

/** Nothing listens on port 1. */
const down = {
  module: 'nginx_monitor',
  status_url: 'http://user:secret@127.0.0.1:1/nginx_status?key=secret',
};

describe('nginx_monitor', () => {
  it('says once in five minutes that the server cannot be reached, and shows no secret', async () => {
    const context = new RecordingContext({ module: 'nginx_monitor', config: down });
    const monitor = new NginxMonitor(context);
    await monitor.gatherSample();
    await monitor.gatherSample();
    context.timeMs += 300_000;
    await monitor.gatherSample();
    const message =
      'Cannot fetch "http://127.0.0.1:1/nginx_status": connection refused; start the server, or correct the host and the port (ECONNREFUSED)';
    expect(context.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message, message]);
  });

  it('says nothing when it is stopped while it waits', async () => {
    const context = new RecordingContext({ module: 'nginx_monitor', config: down });
    const monitor = new NginxMonitor(context);
    context.stopping.abort();
    await monitor.gatherSample();
    expect(context.diagnostics).toEqual([]);
  });

  it('refuses a status_url that is no URL', () => {
    const context = new RecordingContext({ module: 'nginx_monitor', config: { status_url: 'localhost' } });
    expect(() => new NginxMonitor(context)).toThrow('Cannot use "localhost" in field "status_url"');
  });
});

describe('parseStubStatus', () => {
  it('does not take half a page for a page', () => {
    expect(parseStubStatus('Active connections: 291 \nserver accepts handled requests\n')).toBeUndefined();
  });
});
