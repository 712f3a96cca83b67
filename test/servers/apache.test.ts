import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ApacheMonitor } from '../../plugins/apache_monitor/apache_monitor.ts';
import { freePort } from './support/free-port.ts';
import type { ServerProcess } from './support/server-process.ts';
import { serverFolder, startServer } from './support/server-process.ts';
import { namesOf, numberIn, watch } from './support/watched.ts';

const unavailable = inject('serversUnavailable');

describe.skipIf(unavailable)(`Apache${unavailable ? ` (${unavailable})` : ''}`, () => {
  const { folder, remove } = serverFolder('apache');
  let port: number;
  let server: ServerProcess;

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(path.join(folder, 'apache.conf'), configuration(folder, port));
    server = await startServer({
      program: 'apache2',
      args: ['-D', 'FOREGROUND', '-f', path.join(folder, 'apache.conf')],
      port,
    });
  });

  afterAll(async () => {
    await server?.stop();
    remove();
  });

  it.each(['server-status', 'server-status?auto', 'server-status?refresh=5'])(
    'sees the worker that answers it, asked at /%s',
    async (page) => {
      const watched = await watch(ApacheMonitor, { status_url: `http://localhost:${port}/${page}` });
      const lines = await watched.sample();
      expect(namesOf(lines)).toEqual([
        'apache.workers.active',
        'apache.workers.idle',
        'apache.connections.active',
        'apache.connections.writing',
        'apache.connections.idle',
        'apache.connections.closing',
      ]);
      expect(numberIn(lines, 'apache.workers.active')).toBeGreaterThanOrEqual(1);
      expect(watched.messages()).toEqual([]);
    },
  );

  it.each([
    ['forbidden', 'HTTP 403; add a "Require ip" with the source address to this location of Apache'],
    ['nothing', 'HTTP 404; enable mod_status (a2enmod status), or correct status_url'],
  ])('says what to do about a page that is %s', async (page, hint) => {
    const watched = await watch(ApacheMonitor, { status_url: `http://localhost:${port}/${page}` });
    expect(await watched.sample()).toEqual([]);
    expect(watched.messages()).toEqual([expect.stringContaining(hint)]);
  });
});

function configuration(folder: string, port: number): string {
  return `
ServerRoot ${folder}
ServerName localhost
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
Listen 127.0.0.1:${port}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_host_module /usr/lib/apache2/modules/mod_authz_host.so
LoadModule status_module /usr/lib/apache2/modules/mod_status.so
StartServers 1
<Location /server-status>
  SetHandler server-status
  Require ip 127.0.0.1
</Location>
<Location /forbidden>
  SetHandler server-status
  Require all denied
</Location>
`;
}
