import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startReceiver, type Receiver } from '../../../src/receiver/receiver.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { bytesOf, ENCODINGS, gauge, metricsOf, protobufOf, send } from './otlp-client.ts';

const POINT = protobufOf(gauge('cpu', [1]));

let clock: FakeClock;
let receiver: Receiver;

beforeEach(async () => {
  clock = new FakeClock();
  receiver = await startReceiver({ clock, keep: 100, control: true });
});

afterEach(async () => {
  await receiver.close();
});

describe('a receiver told to misbehave', () => {
  it('answers a status to the next requests and behaves again afterwards', async () => {
    receiver.misbehave({ kind: 'status', status: 503, requests: 2 });

    const first = await send(receiver.url, POINT);
    const second = await send(receiver.url, POINT);
    const third = await send(receiver.url, POINT);

    expect([first.status, second.status, third.status]).toEqual([503, 503, 200]);
    expect(receiver.totals).toMatchObject({ requests: 3, refusedRequests: 2, points: 1 });
  });

  it('answers a status for a while', async () => {
    receiver.misbehave({ kind: 'status', status: 500, forMs: 1000 });

    const before = await send(receiver.url, POINT);
    await clock.advance(1000);
    const after = await send(receiver.url, POINT);

    expect([before.status, after.status]).toEqual([500, 200]);
  });

  it('answers a status until it is told to behave', async () => {
    receiver.misbehave({ kind: 'status', status: 404 });

    const before = await send(receiver.url, POINT);
    receiver.behave();
    const after = await send(receiver.url, POINT);

    expect([before.status, after.status]).toEqual([404, 200]);
  });

  it('sends Retry-After and an OTLP Status in the encoding of the request', async () => {
    receiver.misbehave({ kind: 'status', status: 429, retryAfter: 7, message: 'Slow down' });

    const protobuf = await send(receiver.url, POINT);
    const json = await send(receiver.url, '{}', { contentType: 'application/json' });

    expect(protobuf.headers['retry-after']).toBe('7');
    expect(protobuf.body).toBe('\u0008\u0008\u0012\u0009Slow down');
    expect(JSON.parse(json.body)).toEqual({ code: 8, message: 'Slow down' });
  });

  it('takes the data although it answers an error, when told so', async () => {
    receiver.misbehave({ kind: 'status', status: 500, taken: true, requests: 1 });

    const answer = await send(receiver.url, POINT);

    expect(answer.status).toBe(500);
    expect(receiver.points).toHaveLength(1);
  });

  it('leaves the other signal alone', async () => {
    receiver.misbehave({ kind: 'status', status: 404, signal: 'logs' });

    const metrics = await send(receiver.url, POINT);
    const logs = await send(receiver.url, '', { path: '/v1/logs' });

    expect([metrics.status, logs.status]).toEqual([200, 404]);
  });

  it('goes through several misbehaviours in the order they were added', async () => {
    receiver.misbehave({ kind: 'status', status: 503, requests: 1 });
    receiver.misbehave({ kind: 'status', status: 429, requests: 1 });

    const first = await send(receiver.url, POINT);
    const second = await send(receiver.url, POINT);
    const third = await send(receiver.url, POINT);

    expect([first.status, second.status, third.status]).toEqual([503, 429, 200]);
  });

  it.each(ENCODINGS)(
    'rejects single points in a partial success, $encoding',
    async ({ contentType, metrics }) => {
      receiver.misbehave({ kind: 'reject', name: '^bad', answer: 'partial-success' });
      const request = metricsOf(gauge('good', [1]), gauge('bad.one', [2, 3]));

      const answer = await send(receiver.url, bytesOf(metrics.serializeRequest(request)), { contentType });

      const { partialSuccess } = metrics.deserializeResponse(Buffer.from(answer.body));
      expect(answer.status).toBe(200);
      expect(Number(partialSuccess?.rejectedDataPoints)).toBe(2);
      expect(partialSuccess?.errorMessage).toBe('Rejected 2 of 3, as told to');
      expect(receiver.points.map((point) => point.name)).toEqual(['good']);
      expect(receiver.totals).toMatchObject({ points: 1, rejected: 2 });
    },
  );

  it('refuses the whole request for a single point, as Prometheus does', async () => {
    receiver.misbehave({ kind: 'reject', attribute: { key: 'core', value: '^2$' }, answer: 'bad-request' });

    const bad = await send(
      receiver.url,
      protobufOf(gauge('cpu', [1], { core: 1 }), gauge('cpu', [2], { core: 2 })),
    );
    const good = await send(receiver.url, protobufOf(gauge('cpu', [1], { core: 1 })));

    expect([bad.status, good.status]).toEqual([400, 200]);
    expect(receiver.points.map((point) => point.attributes)).toEqual([{ core: 1n }]);
  });

  it('rejects points that merely have an attribute', async () => {
    receiver.misbehave({ kind: 'reject', attribute: { key: 'core' }, answer: 'partial-success' });

    await send(receiver.url, protobufOf(gauge('cpu', [1], { core: 1 }), gauge('cpu', [2])));

    expect(receiver.points.map((point) => point.value)).toEqual([2]);
  });

  it('rejects points also when it otherwise only counts', async () => {
    const counting = await startReceiver({ decode: 'count' });
    counting.misbehave({ kind: 'reject', name: 'bad', answer: 'partial-success' });

    await send(counting.url, protobufOf(gauge('good', [1]), gauge('bad', [2])));
    await counting.close();

    expect(counting.totals).toMatchObject({ points: 1, rejected: 1 });
  });

  it('takes its time before it answers', async () => {
    receiver.misbehave({ kind: 'slow', delayMs: 5000 });
    const answered = vi.fn<() => void>();

    const answer = send(receiver.url, POINT).finally(answered);
    await vi.waitFor(() => {
      expect(clock.pending).toEqual([5000]);
    });
    expect(answered).not.toHaveBeenCalled();
    expect(receiver.points).toHaveLength(1);
    await clock.advance(5000);

    expect(await answer).toMatchObject({ status: 200 });
  });

  it('sends its answer one byte at a time', async () => {
    receiver.misbehave({ kind: 'slow', trickleMs: 1000 });

    const answer = send(receiver.url, POINT);
    await vi.waitFor(() => {
      expect(clock.pending).toEqual([1000]);
    });
    await clock.advance(1000);
    expect(clock.pending).toEqual([1000]);
    await clock.advance(1000);

    expect(Buffer.from((await answer).body).toString('hex')).toBe('0a00');
  });

  it('closes the connection without an answer', async () => {
    receiver.misbehave({ kind: 'close', requests: 1 });

    await expect(send(receiver.url, POINT)).rejects.toThrow('socket hang up');

    expect(receiver.totals).toMatchObject({ requests: 1, refusedRequests: 1, points: 0 });
  });

  it('closes the connection after it has taken the data: the sender cannot know', async () => {
    receiver.misbehave({ kind: 'close', taken: true, requests: 1 });

    await expect(send(receiver.url, POINT)).rejects.toThrow('socket hang up');

    expect(receiver.points).toHaveLength(1);
  });

  it('answers 200 with a body that is not OTLP', async () => {
    receiver.misbehave({ kind: 'garbage' });

    const answer = await send(receiver.url, POINT);

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-protobuf');
    expect(Buffer.from(answer.body).subarray(0, 1).toString('hex')).toBe('00');
    expect(receiver.points).toHaveLength(1);
  });

  it('redirects', async () => {
    receiver.misbehave({ kind: 'redirect', location: 'http://elsewhere.example/v1/metrics' });

    const answer = await send(receiver.url, POINT);

    expect(answer.status).toBe(307);
    expect(answer.headers['location']).toBe('http://elsewhere.example/v1/metrics');
    expect(receiver.points).toEqual([]);
  });

  it('can be closed while it makes a client wait', async () => {
    receiver.misbehave({ kind: 'slow', delayMs: 60_000 });
    const answer = send(receiver.url, POINT);
    const failure = expect(answer).rejects.toThrow('socket hang up');
    await vi.waitFor(() => {
      expect(clock.pending).toEqual([60_000]);
    });

    await receiver.close();

    await failure;
    expect(clock.pending).toEqual([]);
  });
});

describe('the control path', () => {
  const ORDER = { path: '/control/misbehave', contentType: 'application/json' };

  it('orders a misbehaviour and ends it', async () => {
    const ordered = await send(receiver.url, '{"kind":"status","status":503,"retryAfter":2}', ORDER);
    const during = await send(receiver.url, POINT);
    const ended = await send(receiver.url, '', { ...ORDER, method: 'DELETE' });
    const after = await send(receiver.url, POINT);

    expect([ordered.status, during.status, ended.status, after.status]).toEqual([200, 503, 200, 200]);
  });

  it('tells the totals, in which it does not count itself', async () => {
    await send(receiver.url, POINT);

    const answer = await send(receiver.url, '', { path: '/control/totals', method: 'GET' });

    expect(JSON.parse(answer.body)).toEqual({
      requests: 1,
      refusedRequests: 0,
      points: 1,
      logs: 0,
      rejected: 0,
      notKept: 0,
    });
  });

  it.each([
    { order: '{"kind":"status","status":200}', problem: 'status: ' },
    { order: '{"kind":"explode"}', problem: 'kind: ' },
    { order: '{"kind":"slow","delay":5}', problem: 'delay: ' },
    {
      order: '{"kind":"reject","name":"(","answer":"bad-request"}',
      problem: 'name: wanted a regular expression',
    },
    { order: '{"kind":"slow","requests":0}', problem: 'requests: ' },
    { order: '{', problem: 'Cannot read the order as JSON' },
  ])('refuses the order $order', async ({ order, problem }) => {
    const answer = await send(receiver.url, order, ORDER);

    expect(answer.status).toBe(400);
    expect(answer.body).toContain(problem);
  });

  it('takes no order from a form on a web page', async () => {
    const answer = await send(receiver.url, '{"kind":"close"}', { ...ORDER, contentType: 'text/plain' });

    expect(answer.status).toBe(415);
  });

  it('names its own paths when asked for another', async () => {
    const answer = await send(receiver.url, '', { path: '/control/misbehave', method: 'GET' });

    expect(answer.status).toBe(404);
    expect(answer.body).toContain('there are POST and DELETE /control/misbehave and GET /control/totals');
  });
});

it('speaks to the official client side', async () => {
  const answer = await send(receiver.url, POINT);

  expect(ProtobufMetricsSerializer.deserializeResponse(Buffer.from(answer.body))).toEqual({
    partialSuccess: {},
  });
});
