import { describe, expect, it } from 'vitest';
import { guestEnvironment } from '../../../src/host/guest-environment.ts';

describe('guestEnvironment()', () => {
  it('leaves out the secrets of the collector and those it is told', () => {
    const environment = {
      PATH: '/bin',
      UNSET: undefined,
      SCALYR_API_KEY: 's',
      SCALYR_INTERVAL: '5',
      OTEL_EXPORTER_OTLP_HEADERS: 's',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 's',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
      BACKEND_TOKEN: 's',
    };

    expect(guestEnvironment(environment, ['BACKEND_TOKEN'])).toEqual({
      PATH: '/bin',
      SCALYR_INTERVAL: '5',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
    });
  });
});
