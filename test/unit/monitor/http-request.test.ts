import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { RequestListener } from 'node:http';
import net from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpFailure } from '../../../src/monitor/http-failure.ts';
import type { HttpRequest } from '../../../src/monitor/http-request.ts';
import { httpRequest } from '../../../src/monitor/http-request.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<URL> {
  return listen(http.createServer(listener));
}

async function listen(server: Server): Promise<URL> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/status?key=secret`);
}

function request(more: Partial<HttpRequest> = {}): HttpRequest {
  return { timeoutSecs: 5, maxBytes: 1000, signal: new AbortController().signal, ...more };
}

describe('httpRequest', () => {
  it('gives the answer, whatever its status', async () => {
    const url = await serve((_, response) => response.writeHead(404).end('nothing here: é'));
    const answer = await httpRequest(url, request());
    expect(answer).toMatchObject({ status: 404, body: 'nothing here: é' });
  });

  it('sends method, headers, credentials and body', async () => {
    const url = await serve((asked, response) => {
      asked.setEncoding('utf8').on('data', (body: string) => {
        response.end(`${asked.method} ${asked.headers['x-y']} ${asked.headers.authorization} ${body}`);
      });
    });
    const answer = await httpRequest(
      url,
      request({
        method: 'POST',
        headers: { 'x-y': 'z' },
        credentials: { user: 'u', password: 'p' },
        body: '{"é":1}',
      }),
    );
    expect(answer.body).toBe('POST z Basic dTpw {"é":1}');
  });

  it('follows redirects on the same server with headers', async () => {
    const url = await serve((asked, response) => {
      if (asked.url === '/there') response.end(`arrived with ${asked.headers['x-y']}`);
      else response.writeHead(302, { location: '/there' }).end();
    });
    const answer = await httpRequest(url, request({ headers: { 'x-y': 'z' } }));
    expect(answer.body).toBe('arrived with z');
  });

  it('does not take headers and credentials along to another server', async () => {
    const other = await serve((asked, response) => {
      response.end(`${asked.headers['x-y']} ${asked.headers.authorization}`);
    });
    const url = await serve((_, response) => response.writeHead(302, { location: other.href }).end());
    const secrets = { headers: { 'x-y': 'z' }, credentials: { user: 'u', password: 'p' } };
    const answer = await httpRequest(url, request(secrets));
    expect(answer.body).toBe('undefined undefined');
  });

  it('stops following a circle of redirects', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/status' }).end());
    await expect(httpRequest(url, request())).rejects.toThrow(
      `Cannot fetch "${url.origin}/status": more than 5 redirects`,
    );
  });

  it('refuses an answer that is too long', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(1001)));
    await expect(httpRequest(url, request())).rejects.toThrow(
      `Cannot fetch "${url.origin}/status": the answer is longer than 1000 bytes`,
    );
  });

  it('cuts an answer that is too long where that is asked for', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(100_000)));
    const answer = await httpRequest(url, request({ maxBytes: 3, whenLonger: 'cut' }));
    expect(answer.body).toBe('xxx');
  });

  it('gives up a server that answers one byte and then no more', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('x'));
    await expect(httpRequest(url, request({ timeoutSecs: 0.05 }))).rejects.toThrow(
      `Cannot fetch "${url.origin}/status": no complete answer within 0.05 s`,
    );
  });

  it('gives up a server that switches to another protocol, without waiting for ever', async () => {
    const url = await listen(
      net.createServer((socket) => {
        socket.on('error', () => {});
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
      }),
    );
    await expect(httpRequest(url, request())).rejects.toThrow(
      `Cannot fetch "${url.origin}/status": the server switched to another protocol, for which it was not asked`,
    );
  });

  it('gives up when the monitor is stopped', async () => {
    const stopping = new AbortController();
    const url = await serve(() => stopping.abort());
    await expect(httpRequest(url, request({ signal: stopping.signal }))).rejects.toThrow(
      'the monitor is being stopped',
    );
  });

  it('says what to do about a refused connection, without the query of the URL', async () => {
    const url = await serve(() => undefined);
    servers.pop()?.close();
    await expect(httpRequest(url, request())).rejects.toThrow(
      `Cannot fetch "${url.origin}/status": connection refused; start the server, or correct the host and the port (ECONNREFUSED)`,
    );
  });

  it('says when the server cannot be reached from the source address', async () => {
    const url = await serve(() => undefined);
    await expect(httpRequest(url, request({ sourceAddress: '192.0.2.1' }))).rejects.toThrow(
      'it cannot be reached from the source address "192.0.2.1" (EADDRNOTAVAIL)',
    );
  });

  it('lets the server see the source address', async () => {
    const url = await serve((asked, response) => response.end(asked.socket.remoteAddress));
    const answer = await httpRequest(url, request({ sourceAddress: '127.0.0.2' }));
    expect(answer.body).toBe('127.0.0.2');
  });

  it('says when something else than a web server answers', async () => {
    const url = await listen(net.createServer((socket) => socket.end('-ERR unknown command\r\n')));
    await expect(httpRequest(url, request())).rejects.toThrow('what answers there does not speak HTTP');
  });

  it('says when plain HTTP is behind an https URL', async () => {
    const url = await serve((_, response) => response.end());
    url.protocol = 'https:';
    await expect(httpRequest(url, request())).rejects.toThrow('what answers there does not speak TLS');
  });
});

describe('httpRequest over a Unix socket', () => {
  const url = new URL('http://engine/status?key=secret');

  async function serveOnSocket(listener: RequestListener): Promise<string> {
    const socketPath = path.join(temporaryFolder(), 'server.sock');
    const server = http.createServer(listener);
    servers.push(server.listen(socketPath));
    await once(server, 'listening');
    return socketPath;
  }

  it('asks the server that listens there, by the host and the path of the URL', async () => {
    const socketPath = await serveOnSocket((asked, response) => {
      response.end(`${asked.headers.host} ${asked.url}`);
    });
    const answer = await httpRequest(url, request({ socketPath }));
    expect(answer.body).toBe('engine /status?key=secret');
  });

  it('keeps to the deadline and to the limit of the answer', async () => {
    const silent = await serveOnSocket(() => undefined);
    const endless = await serveOnSocket((_, response) => response.end('x'.repeat(1001)));
    await expect(httpRequest(url, request({ socketPath: silent, timeoutSecs: 0.05 }))).rejects.toThrow(
      `Cannot fetch "/status" from the socket "${silent}": no complete answer within 0.05 s`,
    );
    await expect(httpRequest(url, request({ socketPath: endless }))).rejects.toThrow(
      'the answer is longer than 1000 bytes',
    );
  });

  it('follows redirects on the socket, and none that leads away from it', async () => {
    const socketPath = await serveOnSocket((asked, response) => {
      if (asked.url === '/there') response.end('arrived');
      else if (asked.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      else response.writeHead(302, { location: '/there' }).end();
    });
    const stayed = await httpRequest(url, request({ socketPath }));
    const sentAway = await httpRequest(new URL('http://engine/away'), request({ socketPath }));
    expect(stayed.body).toBe('arrived');
    expect(sentAway.status).toBe(302);
  });

  it('says when there is no such socket', async () => {
    const socketPath = path.join(temporaryFolder(), 'server.sock');
    await expect(httpRequest(url, request({ socketPath }))).rejects.toThrow(
      `Cannot fetch "/status" from the socket "${socketPath}": there is no such socket; start the server, or correct the path (ENOENT)`,
    );
  });

  it('says when nothing listens on what is there', async () => {
    const socketPath = path.join(temporaryFolder(), 'server.sock');
    writeFileSync(socketPath, '');
    await expect(httpRequest(url, request({ socketPath }))).rejects.toThrow(
      'connection refused: nothing listens there; start the server, or correct the path (ECONNREFUSED)',
    );
  });

  it('says who may use a socket that is not for the collector', () => {
    const error = Object.assign(new Error('connect EACCES'), { code: 'EACCES' });
    const failure = HttpFailure.of(error, {
      url,
      request: request({ socketPath: '/run/server.sock' }),
      gaveUp: false,
    });
    expect(failure.message).toBe(
      'Cannot fetch "/status" from the socket "/run/server.sock": permission denied; make the collector\'s user a ' +
        'member of the group that may write to the socket (EACCES)',
    );
  });
});
