import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver, type RequestRefusal } from '../../../src/receiver/receiver.ts';
import { gauge, protobufOf, send } from './otlp-client.ts';

const JSON_TYPE = { contentType: 'application/json' };

let receiver: Receiver;
const heads: (string | undefined)[] = [];
const refusals: RequestRefusal[] = [];

beforeAll(async () => {
  receiver = await startReceiver({
    maxBodyBytes: 2000,
    maxDecompressedBytes: 10_000,
    onRequest: ({ headers }) => heads.push(headers['content-length']),
    onRefusal: (refusal) => refusals.push(refusal),
  });
});

afterAll(async () => {
  await receiver.close();
});

function onePoint(point: object): string {
  return JSON.stringify({
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'g', gauge: { dataPoints: [point] } }] }] }],
  });
}

describe('the receiver refuses', () => {
  it.each([
    { type: 'application/protobuf' },
    { type: 'text/plain' },
    { type: 'application/x-protobuf+gzip' },
    { type: '' },
  ])('the Content-Type "$type" with 415', async ({ type }) => {
    const answer = await send(receiver.url, protobufOf(gauge('a', [1])), { contentType: type });

    expect(answer.status).toBe(415);
    expect(JSON.parse(answer.body)).toEqual({
      code: 3,
      message: `Cannot read the Content-Type: found "${type}", wanted "application/x-protobuf" or "application/json"`,
    });
  });

  it('other methods than POST with 405 and says which is allowed', async () => {
    const answer = await send(receiver.url, '', { method: 'PUT' });

    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
    expect(answer.body).toContain('Cannot PUT an export: wanted POST');
  });

  it('other paths with 404 and names the ones there are', async () => {
    const answer = await send(receiver.url, '', { path: '/v1/traces?x=1' });

    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toEqual({
      code: 5,
      message: 'Nothing is received at "/v1/traces": there are /v1/metrics and /v1/logs',
    });
    expect(refusals.at(-1)).toMatchObject({ method: 'POST', path: '/v1/traces', status: 404 });
  });

  it('the control path with 404 unless it was switched on', async () => {
    const answer = await send(receiver.url, '', { path: '/control/totals', method: 'GET' });

    expect(answer.status).toBe(404);
  });

  it('unknown encodings with 415 and says which one it reads', async () => {
    const answer = await send(receiver.url, 'x', { headers: { 'Content-Encoding': 'br' } });

    expect(answer.status).toBe(415);
    expect(answer.headers['accept-encoding']).toBe('gzip');
  });

  it.each([
    { what: 'no gzip at all', body: Buffer.from('not gzip') },
    { what: 'a gzip stream that is cut off', body: gzipSync(protobufOf(gauge('a', [1]))).subarray(0, -9) },
  ])('a body that is $what with 400', async ({ body }) => {
    const answer = await send(receiver.url, body, { headers: { 'Content-Encoding': 'gzip' } });

    expect(answer.status).toBe(400);
    expect(answer.body).toContain('Cannot decompress the body');
  });

  it('a body over the limit with 413, declared or not', async () => {
    const declared = await send(receiver.url, Buffer.alloc(2001));
    const chunked = await fetch(`${receiver.url}/v1/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-protobuf' },
      body: new Blob([Buffer.alloc(2001)]).stream(),
      duplex: 'half',
    });

    expect(declared.status).toBe(413);
    expect(declared.body).toContain('The body is too large: the limit is 2000 bytes');
    expect(chunked.status).toBe(413);
  });

  it('a small body that becomes too large with 413', async () => {
    const answer = await send(receiver.url, Buffer.alloc(10_001), { gzip: true });

    expect(answer.status).toBe(413);
    expect(answer.body).toContain('The decompressed body is too large: the limit is 10000 bytes');
  });

  it.each([
    { what: 'text', body: Buffer.from('hello, world') },
    {
      what: 'a message cut off in the middle',
      body: Buffer.from(protobufOf(gauge('a', [1]))).subarray(0, -3),
    },
    { what: 'a known field of another wire type', body: Buffer.from([0x08, 0x01]) },
    { what: 'a length beyond the body', body: Buffer.from([0x0a, 0x7f]) },
    {
      what: 'text that is not UTF-8',
      body: Buffer.from([0x0a, 0x08, 0x12, 0x06, 0x12, 0x04, 0x0a, 0x02, 0xc3, 0x28]),
    },
  ])('protobuf that is $what with 400 and a protobuf Status', async ({ body }) => {
    const answer = await send(receiver.url, body);

    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/x-protobuf');
    expect(answer.body.slice(0, 3)).toBe('\u0008\u0003\u0012');
    expect(answer.body).toContain('Cannot read the body as protobuf "ExportMetricsServiceRequest": ');
  });

  it('attribute values nested without end with 400', async () => {
    const deep = `${'{"arrayValue":{"values":['.repeat(70)}{"intValue":1}${']}}'.repeat(70)}`;
    const answer = await send(
      receiver.url,
      `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`,
      { ...JSON_TYPE, path: '/v1/logs', gzip: true },
    );

    expect(answer.status).toBe(400);
    expect(answer.body).toContain('messages are nested more than 64 deep');
  });

  it.each([
    { what: 'nothing', body: '', wanted: 'Unexpected end of JSON input' },
    { what: 'a list', body: '[]', wanted: 'the body: found [], wanted an object' },
    {
      what: 'null where a double is wanted, which is what NaN becomes',
      body: onePoint({ asDouble: null }),
      wanted: 'dataPoints[0].asDouble: found null, wanted a number',
    },
    {
      what: 'an integer beyond 64 bits',
      body: onePoint({ asInt: '9223372036854775808' }),
      wanted:
        'found "9223372036854775808", wanted a whole number from -9223372036854775808 to 9223372036854775807',
    },
    {
      what: 'a fraction where an integer is wanted',
      body: onePoint({ asInt: 1.5 }),
      wanted: 'asInt: found 1.5, wanted a whole number',
    },
    { what: 'a point without a value', body: onePoint({}), wanted: 'A data point of "g" has no value' },
    {
      what: 'an attribute that stands twice',
      body: onePoint({
        asInt: 1,
        attributes: [
          { key: 'a', value: { intValue: 1 } },
          { key: 'a', value: { intValue: 2 } },
        ],
      }),
      wanted: 'The attribute "a" stands twice in one list',
    },
    {
      what: 'a metric without a name',
      body: '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{}]}]}]}',
      wanted: 'A metric has an empty name',
    },
  ])('JSON that is $what with 400 and a JSON Status', async ({ body, wanted }) => {
    const answer = await send(receiver.url, body, JSON_TYPE);

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ code: 3, message: expect.stringContaining(wanted) });
  });

  it('JSON that is not UTF-8 with 400', async () => {
    const answer = await send(receiver.url, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), JSON_TYPE);

    expect(answer.status).toBe(400);
  });

  it('a body whose client goes away in the middle, and lives on', async () => {
    const { port } = new URL(receiver.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /v1/metrics HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 99\r\n\r\nabc',
    );
    await expect.poll(() => heads.at(-1)).toBe('99');
    socket.destroy();

    await expect.poll(() => refusals.at(-1)?.message).toBe('Cannot read the body to its end: aborted');
    const answer = await send(receiver.url, protobufOf(gauge('a', [1])));
    expect(answer.status).toBe(200);
  });

  it('protobuf garbage also when it only counts', async () => {
    const counting = await startReceiver({ decode: 'count' });
    const answer = await send(counting.url, Buffer.from([0x0a, 0x7f]));
    await counting.close();

    expect(answer.status).toBe(400);
    expect(answer.body).toContain('a field of 127 bytes at offset 2 ends after offset 2');
  });

  it('with 500 what its owner could not take', async () => {
    const failing = await startReceiver({
      onExport() {
        throw new Error('no room');
      },
    });
    const answer = await send(failing.url, protobufOf(gauge('a', [1])));
    await failing.close();

    expect(answer.status).toBe(500);
    expect(answer.body).toContain('no room');
  });
});

describe('startReceiver', () => {
  it('says what to do when another program has the port', async () => {
    const port = Number(new URL(receiver.url).port);

    await expect(startReceiver({ port })).rejects.toThrow(
      `Cannot listen on "127.0.0.1:${port}": another program listens there: stop it or choose another port`,
    );
  });

  it('says what to do when the address is not its own', async () => {
    await expect(startReceiver({ host: '192.0.2.1' })).rejects.toThrow(
      'Cannot listen on "192.0.2.1:0": this machine has no such address',
    );
  });

  it('gives a URL that can be reached when it listens everywhere', async () => {
    const everywhere = await startReceiver({ host: '0.0.0.0' });
    const answer = await send(everywhere.url, protobufOf(gauge('a', [1])));
    await everywhere.close();

    expect(everywhere.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(answer.status).toBe(200);
  });

  it('can be closed twice, and answers nobody afterwards', async () => {
    const closed = await startReceiver();
    await closed.close();
    await closed.close();

    await expect(send(closed.url, '')).rejects.toThrow('ECONNREFUSED');
  });
});
