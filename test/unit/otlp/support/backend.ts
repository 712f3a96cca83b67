import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../src/clock/system-clock.ts';
import type { BackendSettings } from '../../../../src/config/configuration.ts';
import { HttpTransport } from '../../../../src/otlp/http-transport.ts';
import type { EncodedRequest } from '../../../../src/otlp/transport.ts';
import { backendSettings } from './lane-fixture.ts';

/** Folder of the certificates. */
export const FIXTURES = new URL('../../../fixtures/otlp/', import.meta.url).pathname;
/** A request that nobody ends. */
export const NEVER: AbortSignal = new AbortController().signal;
export const REQUEST: EncodedRequest = {
  signal: 'metrics',
  body: Buffer.from('points'),
  contentType: 'application/x-protobuf',
};

interface Arrived {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Listens on a free port of the loopback interface until the test is over. */
export async function listen(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A backend that keeps what arrives and answers 200. */
export async function startBackend(answer: RequestListener = (_, response) => response.end()) {
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

/** A backend with a certificate that `ca.pem` signed; returns its endpoint. */
export async function startTlsBackend(options: ServerOptions = {}): Promise<string> {
  const cert = await readFile(join(FIXTURES, 'server.pem'));
  const key = await readFile(join(FIXTURES, 'server.key'));
  const server = createTlsServer({ cert, key, ...options }, (_, response) => response.end());
  return `https://127.0.0.1:${await listen(server)}`;
}

/** A transport that is closed when the test is over. */
export function transportTo(endpoint: string, overrides: Partial<BackendSettings> = {}): HttpTransport {
  const transport = new HttpTransport({
    backend: backendSettings({ endpoint, protocol: 'http/protobuf', ...overrides }),
    userAgent: 'scalyr-otel-bridge/1.2.3',
    clock: systemClock,
  });
  onTestFinished(() => transport.close());
  return transport;
}
