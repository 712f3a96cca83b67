import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { NginxMonitor } from '../../plugins/nginx_monitor/nginx_monitor.ts';
import { freePort } from './support/free-port.ts';
import type { ServerProcess } from './support/server-process.ts';
import { serverFolder, startServer } from './support/server-process.ts';
import { namesOf, numberIn, watch } from './support/watched.ts';

const unavailable = inject('serversUnavailable');

describe.skipIf(unavailable)(`nginx${unavailable ? ` (${unavailable})` : ''}`, () => {
  const { folder, remove } = serverFolder('nginx');
  let port: number;
  let server: ServerProcess;

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(path.join(folder, 'nginx.conf'), configuration(folder, port));
    server = await start();
  });

  afterAll(async () => {
    await server?.stop();
    remove();
  });

  const start = (): Promise<ServerProcess> =>
    startServer({
      program: 'nginx',
      args: ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')],
      port,
    });

  const statusUrl = (page: string): string => `http://localhost:${port}/${page}`;

  it('counts the requests it makes itself', async () => {
    const watched = await watch(NginxMonitor, { status_url: statusUrl('nginx_status') });
    const before = await watched.sample();
    const after = await watched.sample();
    expect(namesOf(after)).toEqual([
      'nginx.connections.active',
      'nginx.connections.reading',
      'nginx.connections.writing',
      'nginx.connections.waiting',
      'nginx.connections.accepted',
      'nginx.connections.handled',
      'nginx.requests',
    ]);
    expect(numberIn(after, 'nginx.requests') - numberIn(before, 'nginx.requests')).toBe(1);
    expect(watched.messages()).toEqual([]);
  });

  it.each([
    ['forbidden', 'HTTP 403; add an "allow" for the source address to this location of nginx'],
    ['nothing', 'HTTP 404; add a location with "stub_status" to nginx, or correct status_url'],
  ])('says what to do about a page that is %s', async (page, hint) => {
    const watched = await watch(NginxMonitor, { status_url: statusUrl(page) });
    expect(await watched.sample()).toEqual([]);
    expect(watched.messages()).toEqual([`Cannot read the status of nginx at "${statusUrl(page)}": ${hint}`]);
  });

  it('goes on when the server was away', async () => {
    const watched = await watch(NginxMonitor, { status_url: statusUrl('nginx_status') });
    await server.stop();
    expect(await watched.sample()).toEqual([]);
    server = await start();
    expect(await watched.sample()).toHaveLength(7);
    expect(watched.messages()).toEqual([expect.stringContaining('connection refused; start the server')]);
  });
});

/** The status is shown to 127.0.0.1 only, which is what the monitor comes from, whatever "localhost" means. */
function configuration(folder: string, port: number): string {
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/empty;
    location /nginx_status { stub_status; allow 127.0.0.1; deny all; }
    location /forbidden { stub_status; deny all; }
  }
}
`;
}
