import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { UrlMonitor } from './url_monitor.ts';

const PEM_FILES = path.resolve(import.meta.dirname, '../../test/fixtures/otlp');

function makeMonitor(config: ConfigObject) {
  const context = new RecordingContext({ module: 'url_monitor', id: 'u', config });
  const monitor = new UrlMonitor(context);
  monitor.initialize();
  return { monitor, context };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that is gone when the test is over; gives its address without a slash at the end. */
async function serve(answer: Answer, scheme: 'http' | 'https' = 'http'): Promise<string> {
  const pem = (name: string): string => readFileSync(path.join(PEM_FILES, name), 'utf8');
  const server =
    scheme === 'http'
      ? createServer(answer)
      : createTlsServer(
          {
            cert: pem('server.pem'),
            key: pem('server.key'),
            ca: pem('ca.pem'),
            requestCert: true,
            rejectUnauthorized: false,
          },
          answer,
        );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with the request itself. */
const echo: Answer = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, headers } = request;
    response.end(
      `${method} ${headers['content-type']} ${headers['x-token']} ${Buffer.concat(chunks).toString()}`,
    );
  });
};

describe('url_monitor', () => {
  it.each([
    [{}, 'Missing required field "url"'],
    [
      { url: 'ftp://a/' },
      'Cannot use "ftp://a/" in field "url": wanted a URL that starts with http:// or https://',
    ],
    [{ url: 'http://a/', extract: 'x' }, 'Cannot use "x" for field "extract": wanted a group'],
    [{ url: 'http://a/', request_method: 'G E T' }, 'Cannot use "G E T" for field "request_method"'],
    [
      { url: 'http://a/', request_headers: 'accept' },
      'Cannot use field "request_headers": it is neither a list nor an object',
    ],
    [{ url: 'http://a/', request_headers: [{ value: 'x' }] }, 'an element has no "header"'],
    [{ url: 'http://a/', request_headers: { 'a b': 'x' } }, '"a b" is no name of a header'],
    [{ url: 'http://a/', request_headers: { a: 5 } }, 'the value of "a" is no text'],
    [
      { url: 'https://a/', ca_file: '/nowhere/ca.pem' },
      'Cannot read "/nowhere/ca.pem" of field "ca_file": ENOENT',
    ],
    [
      { url: 'https://a/', cert_file: path.join(PEM_FILES, 'client.pem') },
      'Cannot use "cert_file" without "key_file": the server wants to see a certificate and its key',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => makeMonitor(config)).toThrow(message);
  });

  it('never shows the value of a header that cannot be sent', () => {
    const config = { url: 'http://a/', request_headers: [{ header: 'authorization', value: 'se\ncret' }] };
    expect(() => makeMonitor(config)).toThrow(/^(?![^]*cret)/);
  });

  it('sends data and headers, as a form unless a header says otherwise', async () => {
    const url = await serve(echo);
    const form = makeMonitor({ url, request_method: 'post', request_data: 'a=é' });
    const json = makeMonitor({
      url,
      request_method: 'PUT',
      request_data: '{}',
      request_headers: [
        { header: 'Content-Type', value: 'application/json' },
        { header: 'X-Token', value: 't' },
      ],
    });
    await form.monitor.gatherSample();
    await json.monitor.gatherSample();
    expect(form.context.lines[0]).toContain(
      'response "POST application/x-www-form-urlencoded undefined a=é" length=52 request_method="POST" status=200 ',
    );
    expect(json.context.lines[0]).toContain(
      'response "PUT application/json t {}" length=25 request_method="PUT" ',
    );
  });

  it('sends the user of its URL to the server, and shows it to nobody', async () => {
    const url = await serve((request, response) => {
      response.end(Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString());
    });
    const { monitor, context } = makeMonitor({ url: url.replace('//', '//me:secret@') });
    await monitor.gatherSample();
    expect(context.lines[0]).toContain(
      `response "me:secret" length=9 request_method="GET" status=200 url="${url}"\n`,
    );
  });

  it('says when there is no complete answer in time, and leaves no connection open', async () => {
    const closed: string[] = [];
    const url = await serve((request, response) => {
      request.socket.on('close', () => closed.push('closed'));
      response.write('half');
    });
    const { monitor, context } = makeMonitor({ url, timeout: 0.05 });
    await monitor.gatherSample();
    expect(context.lines[0]).toContain(
      `response "failed" length=0 status=0 url="${url}" url_error="Cannot fetch \\"${url}/\\": no complete answer within 0.05 s"`,
    );
    await expect.poll(() => closed).toEqual(['closed']);
  });

  it('emits nothing when it is stopped meanwhile', async () => {
    let onAsked = (): void => {};
    const asked = new Promise<void>((resolve) => (onAsked = resolve));
    const url = await serve(() => onAsked());
    const { monitor, context } = makeMonitor({ url });
    const sample = monitor.gatherSample();
    await asked;
    context.stopping.abort();
    await sample;
    expect(context.lines).toEqual([]);
  });
});

describe('url_monitor over https', () => {
  const hello: Answer = (_request, response) => response.end('hello');

  it('does not ask a server whose certificate nobody knows', async () => {
    const { monitor, context } = makeMonitor({ url: await serve(hello, 'https') });
    await monitor.gatherSample();
    expect(context.lines[0]).toContain('url_error="Cannot fetch');
    expect(context.lines[0]).toContain("the server's certificate is not trusted");
  });

  it('trusts the authority it is given', async () => {
    const url = await serve(hello, 'https');
    const { monitor, context } = makeMonitor({ url, ca_file: path.join(PEM_FILES, 'ca.pem') });
    await monitor.gatherSample();
    expect(context.lines[0]).toContain('response "hello" ');
  });

  it('asks any server when it is told not to verify', async () => {
    const { monitor, context } = makeMonitor({ url: await serve(hello, 'https'), verify_https: false });
    await monitor.gatherSample();
    expect(context.lines[0]).toContain('response "hello" ');
  });

  it('shows its certificate', async () => {
    const url = await serve((request, response) => {
      const { authorized } = request.socket as unknown as { authorized: boolean };
      response.end(authorized ? 'known' : 'unknown');
    }, 'https');
    const { monitor, context } = makeMonitor({
      url,
      ca_file: path.join(PEM_FILES, 'ca.pem'),
      cert_file: path.join(PEM_FILES, 'client.pem'),
      key_file: path.join(PEM_FILES, 'client.key'),
    });
    await monitor.gatherSample();
    expect(context.lines[0]).toContain('response "known" ');
  });
});
