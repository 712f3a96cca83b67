import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeMetrics } from '../../../src/otlp/encode-request.ts';
import { HttpTransport } from '../../../src/otlp/http-transport.ts';

import { FakeClock } from '../../support/fake-clock.ts';
import { listen, NEVER, REQUEST, startBackend, transportTo } from './support/backend.ts';
import { backendSettings } from './support/lane-fixture.ts';
import { lineOf, metricLine } from './support/lines.ts';
import { mapMetrics, mappingOptions } from './support/mapping.ts';

describe('a request', () => {
  it('carries exactly the headers that strict backends want', async () => {
    const { endpoint, arrived } = await startBackend();
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toEqual({
      kind: 'accepted',
      rejectedItems: 0,
      message: '',
    });
    expect(arrived).toMatchObject([{ url: '/v1/metrics', body: Buffer.from('points') }]);
    const { host, connection, ...headers } = arrived[0]?.headers ?? {};
    expect(host).toMatch(/^127/);
    expect(connection).toBe('keep-alive');
    expect(headers).toEqual({
      'content-length': '6',
      'content-type': 'application/x-protobuf',
      'user-agent': 'scalyr-otel-bridge/1.2.3',
    });
  });

  it('carries the headers of the configuration, which cannot replace those that describe the body', async () => {
    const { endpoint, arrived } = await startBackend();
    const headers = { Authorization: 'Bearer x', 'Content-Type': 'text/plain', 'User-Agent': 'mine/1' };
    await transportTo(endpoint, { headers }).send(REQUEST, NEVER);
    expect(arrived[0]?.headers).toMatchObject({
      authorization: 'Bearer x',
      'content-type': 'application/x-protobuf',
      'user-agent': 'mine/1',
    });
  });

  it('goes to the path of the endpoint with the path of the signal, or to the URL given for the signal', async () => {
    const { endpoint, arrived } = await startBackend();
    await transportTo(`${endpoint}/otlp/`).send(REQUEST, NEVER);
    await transportTo(endpoint, { signalEndpoints: { metrics: `${endpoint}/own?key=1` } }).send(
      REQUEST,
      NEVER,
    );
    await transportTo(endpoint).send({ ...REQUEST, signal: 'logs' }, NEVER);
    expect(arrived.map(({ url }) => url)).toEqual(['/otlp/v1/metrics', '/own?key=1', '/v1/logs']);
  });

  it('is compressed and says so', async () => {
    const { endpoint, arrived } = await startBackend();
    const metrics = mapMetrics([metricLine(lineOf('m 1'))], mappingOptions());
    const plain = await encodeMetrics(metrics, { protocol: 'http/json', compression: 'none' });
    const zipped = await encodeMetrics(metrics, { protocol: 'http/json', compression: 'gzip' });
    await transportTo(endpoint, { protocol: 'http/json' }).send(zipped, NEVER);
    expect(arrived[0]?.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/json',
    });
    expect(gunzipSync(arrived[0]?.body ?? '')).toEqual(Buffer.from(plain.body));
  });

  it('uses one connection for all of them', async () => {
    const { endpoint, server } = await startBackend();
    let connections = 0;
    server.on('connection', () => connections++);
    const transport = transportTo(endpoint);
    for (let i = 0; i < 5; i++) await transport.send(REQUEST, NEVER);
    expect(connections).toBe(1);
  });

  it('is repeated at once when the backend has just closed the idle connection', async () => {
    const { endpoint, arrived } = await startBackend((request, response) => {
      if (arrived.length === 2) request.socket.destroy();
      else response.end();
    });
    const transport = transportTo(endpoint);
    expect(await transport.send(REQUEST, NEVER)).toMatchObject({ kind: 'accepted' });
    expect(await transport.send(REQUEST, NEVER)).toMatchObject({ kind: 'accepted' });
    expect(arrived).toHaveLength(3);
  });
});

describe('a request without an answer', () => {
  it('is tried again later when nobody listens', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await transportTo(`http://127.0.0.1:${port}`).send(REQUEST, NEVER)).toEqual({
      kind: 'retry',
      reason: 'connection refused (ECONNREFUSED)',
    });
  });

  it('is tried again later when the connection is cut', async () => {
    const { endpoint } = await startBackend((request) => request.socket.destroy());
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toEqual({
      kind: 'retry',
      reason: 'connection closed by the other side (ECONNRESET)',
    });
  });

  it('ends at the deadline, also when bytes keep trickling in', async () => {
    const clock = new FakeClock();
    const server = createServer();
    const endpoint = `http://127.0.0.1:${await listen(server)}`;
    const transport = new HttpTransport({
      backend: backendSettings({ endpoint, timeoutMs: 2_000 }),
      userAgent: 'x',
      clock,
    });
    const sent = transport.send(REQUEST, NEVER);
    const [, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    response.write('x');
    await clock.advance(1_999);
    response.write('x');
    await clock.advance(1);
    expect(await sent).toEqual({ kind: 'retry', reason: 'no complete answer within 2000 ms' });
    expect(clock.pending).toEqual([]);
  });

  it('ends when it is told to stop', async () => {
    const stop = new AbortController();
    const { endpoint } = await startBackend(() => stop.abort());
    expect(await transportTo(endpoint).send(REQUEST, stop.signal)).toEqual({
      kind: 'retry',
      reason: 'stopped before the answer came',
    });
  });

  it('is a wrong endpoint when what listens there changes to another protocol', async () => {
    const server = createTcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n');
      });
    });
    expect(await transportTo(`http://127.0.0.1:${await listen(server)}`).send(REQUEST, NEVER)).toEqual({
      kind: 'endpoint-wrong',
      reason: 'HTTP 101 Switching Protocols',
    });
  });

  it('is a wrong endpoint when what listens there does not speak HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    const outcome = await transportTo(`http://127.0.0.1:${await listen(server)}`).send(REQUEST, NEVER);
    expect(outcome).toMatchObject({ kind: 'endpoint-wrong', reason: expect.stringContaining('HPE_') });
  });
});

describe('an answer', () => {
  it('is not followed when it is a redirect', async () => {
    const { endpoint, arrived } = await startBackend((_, response) => {
      response.writeHead(301, { location: '/elsewhere' }).end();
    });
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toEqual({
      kind: 'endpoint-wrong',
      reason: 'HTTP 301 Moved Permanently to "/elsewhere", redirects are not followed',
    });
    expect(arrived).toHaveLength(1);
  });

  it('is read no further than 64 KiB', async () => {
    let written = 0;
    const { endpoint } = await startBackend((_, response) => {
      response.writeHead(400);
      const flood = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536;
      };
      response.on('drain', flood);
      flood();
    });
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toMatchObject({ kind: 'refused', status: 400 });
    expect(written).toBeLessThan(100_000_000);
  });

  it('counts by its status when it is an error that breaks off', async () => {
    const { endpoint } = await startBackend((request, response) => {
      response.writeHead(503, { 'content-length': 100 }).write('half', () => request.socket.destroy());
    });
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toEqual({
      kind: 'retry',
      reason: 'HTTP 503 Service Unavailable: half',
    });
  });

  it('is none when it is a success that breaks off', async () => {
    const { endpoint } = await startBackend((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy());
    });
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toMatchObject({ kind: 'retry' });
  });
});
