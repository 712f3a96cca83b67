import { once } from 'node:events';
import { copyFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/clock/system-clock.ts';
import type { BackendSettings } from '../../../src/config/configuration.ts';
import { encodeMetrics } from '../../../src/otlp/encode-request.ts';
import { HttpTransport } from '../../../src/otlp/http-transport.ts';
import { mapMetrics } from '../../../src/otlp/map-metrics.ts';
import type { EncodedRequest } from '../../../src/otlp/transport.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { backendSettings } from './support/lane-fixture.ts';
import { lineOf, metricLine } from './support/lines.ts';
import { mappingOptions } from './support/mapping.ts';

const FIXTURES = new URL('../../fixtures/otlp/', import.meta.url).pathname;
const NEVER = new AbortController().signal;
const REQUEST: EncodedRequest = {
  signal: 'metrics',
  body: Buffer.from('points'),
  contentType: 'application/x-protobuf',
};

interface Arrived {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function listen(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A backend that keeps what arrives and answers 200. */
async function startBackend(answer: RequestListener = (_, response) => response.end()) {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrived.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      answer(request, response);
    });
  });
  return { server, arrived, endpoint: `http://127.0.0.1:${await listen(server)}` };
}

async function startTlsBackend(options: ServerOptions = {}): Promise<string> {
  const cert = await readFile(join(FIXTURES, 'server.pem'));
  const key = await readFile(join(FIXTURES, 'server.key'));
  const server = createTlsServer({ cert, key, ...options }, (_, response) => response.end());
  return `https://127.0.0.1:${await listen(server)}`;
}

function transportTo(endpoint: string, overrides: Partial<BackendSettings> = {}): HttpTransport {
  const transport = new HttpTransport({
    backend: backendSettings({ endpoint, protocol: 'http/protobuf', ...overrides }),
    userAgent: 'scalyr-otel-bridge/1.2.3',
    clock: systemClock,
  });
  onTestFinished(() => transport.close());
  return transport;
}

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

describe('TLS', () => {
  const caFile = join(FIXTURES, 'ca.pem');

  it('trusts the configured CA', async () => {
    const endpoint = await startTlsBackend();
    expect(await transportTo(endpoint, { tls: { caFile } }).send(REQUEST, NEVER)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('calls the endpoint wrong when the certificate does not verify', async () => {
    const endpoint = await startTlsBackend();
    expect(await transportTo(endpoint).send(REQUEST, NEVER)).toMatchObject({
      kind: 'endpoint-wrong',
      reason: expect.stringMatching(/UNABLE_TO_VERIFY_LEAF_SIGNATURE/),
    });
  });

  it('shows its own certificate to a backend that asks for it', async () => {
    const endpoint = await startTlsBackend({ requestCert: true, ca: await readFile(caFile) });
    const certFile = join(FIXTURES, 'client.pem');
    const keyFile = join(FIXTURES, 'client.key');
    expect(
      await transportTo(endpoint, { tls: { caFile, certFile, keyFile } }).send(REQUEST, NEVER),
    ).toMatchObject({
      kind: 'accepted',
    });
    expect(await transportTo(endpoint, { tls: { caFile } }).send(REQUEST, NEVER)).toMatchObject({
      kind: 'endpoint-wrong',
    });
  });

  it('reads a certificate again when its file has changed', async () => {
    const endpoint = await startTlsBackend();
    const changing = join(temporaryFolder(), 'ca.pem');
    const transport = transportTo(endpoint, { tls: { caFile: changing } });
    await copyFile(join(FIXTURES, 'client.pem'), changing);
    expect(await transport.send(REQUEST, NEVER)).toMatchObject({ kind: 'endpoint-wrong' });
    await copyFile(caFile, changing);
    expect(await transport.send(REQUEST, NEVER)).toMatchObject({ kind: 'accepted' });
  });

  it('names the file that cannot be read', async () => {
    const caFile_ = join(temporaryFolder(), 'gone.pem');
    const outcome = await transportTo('https://127.0.0.1:1', { tls: { caFile: caFile_ } }).send(
      REQUEST,
      NEVER,
    );
    expect(outcome).toMatchObject({
      kind: 'endpoint-wrong',
      reason: expect.stringContaining(`TLS file "${caFile_}" cannot be read: ENOENT`),
    });
  });

  it('calls the endpoint wrong when plain HTTP answers there', async () => {
    const { endpoint } = await startBackend();
    const outcome = await transportTo(endpoint.replace('http:', 'https:'), { tls: { caFile } }).send(
      REQUEST,
      NEVER,
    );
    expect(outcome.kind).toBe('endpoint-wrong');
  });
});
