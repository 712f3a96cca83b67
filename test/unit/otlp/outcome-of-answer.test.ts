import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import type { AnswerContext, HttpAnswer } from '../../../src/otlp/http-answer.ts';
import { outcomeOfAnswer } from '../../../src/otlp/outcome-of-answer.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);
const PROTOBUF = 'application/x-protobuf';

function outcome(answer: Partial<HttpAnswer>, context: Partial<AnswerContext> = {}) {
  return outcomeOfAnswer(
    { status: 200, contentType: '', body: new Uint8Array(), ...answer },
    { signal: 'metrics', protocol: 'http/protobuf', nowMs: NOW_MS, ...context },
  );
}

describe('the decision by status', () => {
  it.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [204, 'accepted'],
    [301, 'endpoint-wrong'],
    [307, 'endpoint-wrong'],
    [400, 'refused'],
    [401, 'endpoint-wrong'],
    [403, 'endpoint-wrong'],
    [404, 'endpoint-wrong'],
    [405, 'endpoint-wrong'],
    [408, 'retry'],
    [413, 'refused'],
    [415, 'endpoint-wrong'],
    [422, 'refused'],
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
  ])('HTTP %i is %s', (status, kind) => {
    expect(outcome({ status }).kind).toBe(kind);
  });
});

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['86400', 300_000],
  ])('%j is a wait of %i ms', (retryAfter, afterMs) => {
    expect(outcome({ status: 503, retryAfter })).toEqual({
      kind: 'retry',
      reason: 'HTTP 503 Service Unavailable',
      afterMs,
    });
  });

  it('is ignored when it makes no sense', () => {
    expect(outcome({ status: 429, retryAfter: 'soon' })).toEqual({
      kind: 'retry',
      reason: 'HTTP 429 Too Many Requests',
    });
  });
});

describe('partial success', () => {
  const accepted = (rejectedItems: number, message: string) => ({ kind: 'accepted', rejectedItems, message });

  it('is none when the answer is empty', () => {
    expect(outcome({})).toEqual(accepted(0, ''));
  });

  it('is none when the message is there but empty, as the Collector answers', () => {
    expect(outcome({ contentType: PROTOBUF, body: Uint8Array.of(0x0a, 0x00) })).toEqual(accepted(0, ''));
    expect(outcome({ contentType: 'application/json', body: Buffer.from('{"partialSuccess":{}}') })).toEqual(
      accepted(0, ''),
    );
  });

  it('is read from protobuf', () => {
    const partial = Buffer.concat([Buffer.from([0x08, 0x02, 0x12, 0x03]), Buffer.from('old')]);
    const body = Buffer.concat([Buffer.from([0x0a, partial.length]), partial]);
    expect(ProtobufMetricsSerializer.deserializeResponse(body).partialSuccess?.rejectedDataPoints).toBe(2);
    expect(outcome({ contentType: PROTOBUF, body })).toEqual(accepted(2, 'old'));
    expect(outcome({ contentType: PROTOBUF, body }, { signal: 'logs' })).toEqual(accepted(2, 'old'));
  });

  it.each([
    ['metrics', '{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too\\nold"}}'],
    ['metrics', '{"partialSuccess":{"rejectedDataPoints":3,"errorMessage":"too old"}}'],
    ['logs', '{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}}'],
  ] as const)('is read from JSON for %s: %s', (signal, body) => {
    const answer = { contentType: 'application/json; charset=utf-8', body: Buffer.from(body) };
    expect(outcome(answer, { signal })).toEqual(accepted(3, 'too old'));
  });

  it('follows the format of the request when the answer names none', () => {
    const body = Buffer.from('{"partialSuccess":{"rejectedDataPoints":"1"}}');
    expect(outcome({ body }, { protocol: 'http/json' })).toEqual(accepted(1, ''));
  });

  it.each([
    [PROTOBUF, '<html>Welcome to the hotel</html>'],
    ['text/html', '<html>Welcome to the hotel</html>'],
    ['application/json', '"ok"'],
    ['application/json', '{'],
  ])('is a warning when the body is garbage (%s %s)', (contentType, text) => {
    expect(outcome({ contentType, body: Buffer.from(text) })).toEqual(
      accepted(0, 'answered HTTP 200 with a body that is no OTLP response; taken as a success'),
    );
  });
});

describe('the reason', () => {
  it('holds the message of a protobuf status', () => {
    const body = Buffer.concat([Buffer.from([0x08, 0x0e, 0x12, 0x0c]), Buffer.from('no connector')]);
    expect(outcome({ status: 503, contentType: PROTOBUF, body })).toMatchObject({
      reason: 'HTTP 503 Service Unavailable: no connector',
    });
  });

  it.each([0xff, 0x80])('is not looked for in a protobuf length that never ends, of bytes %i', (byte) => {
    const body = Buffer.alloc(65_536, byte);
    body[0] = 0x12;
    expect(outcome({ status: 503, contentType: PROTOBUF, body })).toMatchObject({ kind: 'retry' });
  });

  it('holds the message of a JSON status', () => {
    const body = Buffer.from('{"code":3,"message":"bad point"}');
    expect(outcome({ status: 400, contentType: 'application/json', body })).toEqual({
      kind: 'refused',
      status: 400,
      reason: 'HTTP 400 Bad Request: bad point',
    });
  });

  it('holds the text of any other body, without control characters and cut to 300 characters', () => {
    const body = Buffer.from(`\u001b[31mline one\r\n\tline two ${'x'.repeat(5000)}`);
    const { reason } = outcome({ status: 400, body }) as { reason: string };
    expect(reason.startsWith('HTTP 400 Bad Request: [31mline one line two xxx')).toBe(true);
    expect(reason).toHaveLength('HTTP 400 Bad Request: '.length + 300);
    expect(reason.endsWith('…')).toBe(true);
  });

  it('names the place that a redirect points to, without its query', () => {
    expect(outcome({ status: 302, location: 'https://login.example/x?token=secret' })).toEqual({
      kind: 'endpoint-wrong',
      reason: 'HTTP 302 Found to "https://login.example/x", redirects are not followed',
    });
  });
});
