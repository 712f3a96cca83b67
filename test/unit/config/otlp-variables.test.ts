import { describe, expect, it } from 'vitest';
import { backendsFromEndpoint } from '../../../src/config/backends-from-endpoint.ts';
import type { BackendSettings } from '../../../src/config/configuration.ts';
import type { Environment } from '../../../src/config/place.ts';
import { configFolder, configurationOf, problemsIn, warningsOf } from './config-folder.ts';

describe('the variables OTEL_EXPORTER_OTLP_*', () => {
  it('make one backend when the file names none', () => {
    expect(
      backendsWith({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:4318/',
        OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b, x=1%3D2',
        OTEL_EXPORTER_OTLP_TIMEOUT: '500',
        OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      }),
    ).toEqual([
      {
        name: 'default',
        endpoint: 'http://h:4318',
        signalEndpoints: {},
        protocol: 'http/json',
        headers: { 'api-key': 'a b', x: '1=2' },
        compression: 'none',
        timeoutMs: 500,
        tls: {},
        signals: ['metrics', 'logs'],
        maxExportBatchSize: 5000,
      },
    ]);
  });

  it('make none without an endpoint', () => {
    expect(backendsWith({ OTEL_EXPORTER_OTLP_TIMEOUT: '500', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual([]);
  });

  it('send one signal elsewhere with the endpoint of that signal, used as it is', () => {
    expect(
      backendsWith({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h',
        OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://l/logs',
      }),
    ).toMatchObject([{ name: 'default', endpoint: 'http://h', signalEndpoints: { logs: 'http://l/logs' } }]);
  });

  it('send nothing of a signal that has no endpoint', () => {
    expect(backendsWith({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://m/x' })).toMatchObject([
      { name: 'default', signals: ['metrics'], signalEndpoints: { metrics: 'http://m/x' } },
    ]);
  });

  it('make two backends when the signals come out with different settings', () => {
    expect(
      backendsWith({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h',
        OTEL_EXPORTER_OTLP_HEADERS: 'k=all',
        OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'k=logs',
      }),
    ).toMatchObject([
      { name: 'default-metrics', signals: ['metrics'], endpoint: 'http://h', headers: { k: 'all' } },
      { name: 'default-logs', signals: ['logs'], endpoint: 'http://h', headers: { k: 'logs' } },
    ]);
  });

  it('fill in what a backend of the file leaves out, but for endpoint and headers', () => {
    const backends = '[{ endpoint: "http://file", timeout: 7 }]';

    expect(
      backendsWith(
        {
          OTEL_EXPORTER_OTLP_ENDPOINT: 'http://variable',
          OTEL_EXPORTER_OTLP_HEADERS: 'k=v',
          OTEL_EXPORTER_OTLP_TIMEOUT: '500',
          OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
        },
        backends,
      ),
    ).toMatchObject([{ endpoint: 'http://file', headers: {}, timeoutMs: 7, compression: 'none' }]);
  });

  it('of one signal fill in a backend of the file that takes no other', () => {
    const backends = '[{ endpoint: "http://h", signals: ["logs"] }]';

    expect(
      backendsWith({ OTEL_EXPORTER_OTLP_TIMEOUT: '500', OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '600' }, backends),
    ).toMatchObject([{ timeoutMs: 600 }]);
  });

  it('of one signal are left out, with a warning, for a backend of the file that takes both', () => {
    const folder = configFolder({ 'agent.json': '{ otel: { backends: [{ endpoint: "http://h" }] } }' });

    expect(warningsOf(folder, { OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '600' })).toEqual([
      'agent.json:1:22: otel.backends[0]: the variable "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT" is left out: this backend takes metrics and logs, and the variable is for one of them; set the option here, or have a backend for each signal',
    ]);
  });

  it.each([
    ['PROTOCOL', 'grpc', 'protocol: wanted "http/protobuf" or "http/json", found "grpc"'],
    ['TIMEOUT', '5s', 'timeout: wanted a whole number of milliseconds from 1 to 2147483647, found "5s"'],
    ['CERTIFICATE', '/gone.pem', 'tls.ca_file: cannot read "/gone.pem": there is no such file'],
  ])('are named when %s is "%s"', (variable, value, problem) => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h',
      [`OTEL_EXPORTER_OTLP_${variable}`]: value,
    };

    expect(problemsIn('{}', environment)).toEqual([
      `OTEL_EXPORTER_OTLP_${variable}:1:1: otel.backends[0].${problem}`,
    ]);
  });

  it.each([
    ['k=v,s3cret', 5, 'wanted name=value pairs with commas between them, found a pair without "="'],
    ['k=v,x=s3cret%', 5, 'a "%" is not followed by two hexadecimal digits of UTF-8; write %25 for a "%"'],
    ['=s3cret', 1, 'wanted name=value pairs, found one without a name'],
  ])('for headers are refused without being shown: %s', (value, column, problem) => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_HEADERS: value };

    expect(new Set(problemsIn('{}', environment))).toEqual(
      new Set([`OTEL_EXPORTER_OTLP_HEADERS:1:${column}: headers: ${problem}`]),
    );
  });
});

describe('backendsFromEndpoint', () => {
  it('puts the URL in the place of every endpoint and takes the rest from the variables', () => {
    const outcome = backendsFromEndpoint('http://given', {
      folder: '/',
      environment: { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://other', OTEL_EXPORTER_OTLP_HEADERS: 'k=v' },
    });

    expect(outcome).toMatchObject({
      kind: 'ok',
      backends: [{ name: 'default', endpoint: 'http://given', signalEndpoints: {}, headers: { k: 'v' } }],
    });
  });

  it('names the option when the URL is wrong', () => {
    const outcome = backendsFromEndpoint('localhost', { folder: '/', environment: {} });

    expect(outcome).toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'endpoint', position: { file: '--otlp', line: 1, column: 1 } }],
    });
  });
});

describe('OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME', () => {
  const otel = '{ otel: { resource: { attributes: { a: "file", "service.name": "file", b: 1 } } } }';

  it('win over the attributes of the file, the service name over both', () => {
    const { resourceAttributes } = configurationOf(otel, {
      OTEL_RESOURCE_ATTRIBUTES: 'a=x%2Cy,service.name=attributes',
      OTEL_SERVICE_NAME: 'name',
    }).otel;

    expect(resourceAttributes).toEqual({ a: 'x,y', 'service.name': 'name', b: 1 });
  });

  it('are left out as a whole, with a warning, when they cannot be read', () => {
    const folder = configFolder({ 'agent.json': otel });

    expect(warningsOf(folder, { OTEL_RESOURCE_ATTRIBUTES: 'a=x,b=%zz' })).toEqual([
      'OTEL_RESOURCE_ATTRIBUTES:1:5: otel.resource.attributes: the variable is left out: a "%" is not followed by two hexadecimal digits of UTF-8; write %25 for a "%"',
    ]);
    expect(configurationOf(otel, { OTEL_RESOURCE_ATTRIBUTES: 'a=x,b=%zz' }).otel.resourceAttributes).toEqual({
      a: 'file',
      'service.name': 'file',
      b: 1,
    });
  });
});

function backendsWith(environment: Environment, backends = '[]'): readonly BackendSettings[] {
  return configurationOf(`{ otel: { backends: ${backends} } }`, environment).otel.backends;
}
