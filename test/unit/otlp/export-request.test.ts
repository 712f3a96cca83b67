import { describe, expect, it } from 'vitest';
import { newExportRequest } from '../../../src/otlp/export-request.ts';
import type { RequestOptions } from '../../../src/otlp/export-request.ts';
import { readPoints } from '../../../src/receiver/read-points.ts';
import type { ReceivedPoint } from '../../../src/receiver/received.ts';
import { decodeProtobuf } from '../../../src/receiver/wire/decode-protobuf.ts';
import { metricsRequest } from '../../../src/receiver/wire/otlp-schema.ts';
import { lineOf, parsed } from './support/lines.ts';
import { mappingOptions } from './support/mapping.ts';

const options: RequestOptions = {
  ...mappingOptions(),
  format: { protocol: 'http/protobuf', compression: 'none' },
  now: () => 0,
};

async function requestOf(count: number): Promise<readonly ReceivedPoint[]> {
  const request = newExportRequest('metrics', options);
  for (let value = 0; value < count; value++) {
    const line = lineOf(`uniform ${value}`);
    request.add(line, parsed(line));
  }
  const { body } = await request.encode();
  return readPoints(decodeProtobuf(Buffer.from(body), metricsRequest));
}

describe('a request of many lines, which is written in parts', () => {
  it('holds every line in order', async () => {
    const points = await requestOf(2500);
    expect(points.map(({ value }) => value)).toEqual(Array.from({ length: 2500 }, (_, value) => value));
  });

  it('says of the points of every part whose they are', async () => {
    const points = await requestOf(2500);
    const owners = points.map(({ resource, scope, name }) => JSON.stringify({ resource, scope, name }));
    expect([...new Set(owners)]).toEqual([
      '{"resource":{"service.name":"test"},"scope":"coin_monitor","name":"uniform"}',
    ]);
  });

  it('ends with a part when its lines fill it exactly', async () => {
    expect(await requestOf(2000)).toHaveLength(2000);
  });
});
