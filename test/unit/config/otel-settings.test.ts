import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackendSettings } from '../../../src/config/configuration.ts';
import { accepted, configFolder, configurationOf, load, problemsIn, warningsOf } from './config-folder.ts';

const PEM = '-----BEGIN CERTIFICATE-----\n';

describe('the section otel', () => {
  it('gives everything that is written in it', () => {
    const folder = configFolder({
      'agent.json': `{ otel: {
        backends: [{
          name: "hosted", endpoint: "https://otlp.example.com/base/", protocol: "http/json", compression: "none"
          headers: { "api-key": "k" }, timeout: 2000, tls: { ca_file: "ca.pem", cert_file: "c.pem", key_file: "k.pem" }
          signals: ["logs", "logs"], max_export_batch_size: 10, logs_endpoint: "https://logs.example.com/x?y=1"
        }]
        export_interval: 100, text: "info", cumulative: "sum", resource: { attributes: { a: "x", b: 1.5, c: true } }
        spool: { max_bytes: 1048576, fsync: "always" }, attributes: { drop: ["count"] }
        isolation: { memory_limit_bytes: 16777216, gather_deadline_ms: 1000, share_above: 20, user: "nobody" }
        python: { interpreter: "venv/bin/python", scalyr_agent_path: "agent/py" }
        self_metrics: { enabled: true, interval: 1000 }
      } }`,
      'ca.pem': PEM,
      'c.pem': PEM,
      'k.pem': PEM,
      'agent/py/scalyr_agent/__init__.py': '',
    });

    expect(accepted(load(folder)).configuration.otel).toEqual({
      backends: [
        {
          name: 'hosted',
          endpoint: 'https://otlp.example.com/base',
          signalEndpoints: { logs: 'https://logs.example.com/x?y=1' },
          protocol: 'http/json',
          headers: { 'api-key': 'k' },
          compression: 'none',
          timeoutMs: 2000,
          tls: {
            caFile: join(folder, 'ca.pem'),
            certFile: join(folder, 'c.pem'),
            keyFile: join(folder, 'k.pem'),
          },
          signals: ['logs'],
          maxExportBatchSize: 10,
        },
      ],
      exportIntervalMs: 100,
      resourceAttributes: { a: 'x', b: 1.5, c: true },
      spool: { maxBytes: 1_048_576, fsync: 'always' },
      text: 'info',
      cumulative: 'sum',
      dropAttributes: ['count'],
      isolation: { memoryLimitBytes: 16_777_216, gatherDeadlineMs: 1000, shareAbove: 20, user: 'nobody' },
      python: { interpreter: join(folder, 'venv/bin/python'), scalyrAgentPath: join(folder, 'agent/py') },
      selfMetrics: { enabled: true, intervalMs: 1000 },
    });
  });

  it('gives a backend of which only the endpoint is written its defaults', () => {
    expect(backendsOf('[{ endpoint: "http://localhost:4318" }]')).toEqual([
      {
        name: 'default',
        endpoint: 'http://localhost:4318',
        signalEndpoints: {},
        protocol: 'http/protobuf',
        headers: {},
        compression: 'gzip',
        timeoutMs: 10_000,
        tls: {},
        signals: ['metrics', 'logs'],
        maxExportBatchSize: 5000,
      },
    ]);
  });

  it('needs no endpoint where every signal has a URL of its own', () => {
    expect(backendsOf('[{ metrics_endpoint: "http://h/m", signals: ["metrics"] }]')).toMatchObject([
      { signalEndpoints: { metrics: 'http://h/m' }, signals: ['metrics'] },
    ]);
  });

  it('names a backend that has no endpoint by the URL of a signal, without the query, which may hold a token', () => {
    expect(backendsOf('[{ metrics_endpoint: "http://h/m?token=t", signals: ["metrics"] }]')).toMatchObject([
      { endpoint: 'http://h/m', signalEndpoints: { metrics: 'http://h/m?token=t' } },
    ]);
  });

  it('warns of the port of gRPC', () => {
    const folder = configFolder({ 'agent.json': '{ otel: { backends: [{ endpoint: "http://h:4317" }] } }' });

    expect(warningsOf(folder)).toEqual([
      'agent.json:1:34: otel.backends[0].endpoint: port 4317 is where backends usually speak gRPC, which is not spoken here; OTLP over HTTP is usually at port 4318',
    ]);
  });
});

describe('the section otel, given something wrong', () => {
  const FINE = 'endpoint: "http://h"';

  it.each([
    [
      '{ endpoint: "localhost:4318" }',
      '[0].endpoint: wanted a URL that starts with http:// or https://, found "localhost:4318"',
    ],
    [
      '{ endpoint: "ftp://h" }',
      '[0].endpoint: wanted a URL that starts with http:// or https://, found "ftp://h"',
    ],
    [
      '{ endpoint: "http://" }',
      '[0].endpoint: wanted a URL that starts with http:// or https://, found "http://"',
    ],
    ['{ endpoint: 5 }', '[0].endpoint: wanted a URL that starts with http:// or https://, found 5'],
    [
      '{ endpoint: "http://u:s3cret@h" }',
      '[0].endpoint: wanted a URL without a user and a password in it; give an "authorization" header instead',
    ],
    [
      '{ endpoint: "u:s3cret@h" }',
      '[0].endpoint: wanted a URL that starts with http:// or https://, found something else',
    ],
    ['"http://u:s3cret@h"', '[0]: wanted an object, found a text'],
    [
      '{ endpoint: "http://h/v1/metrics/" }',
      '[0].endpoint: wanted the base of the URL, found one that ends in "/v1/metrics/", which is appended by itself; leave it out',
    ],
    [
      '{ endpoint: "http://h?k=s3cret" }',
      '[0].endpoint: wanted a URL without "?" and "#", because a path is appended to it; give whole URLs as metrics_endpoint and logs_endpoint',
    ],
    ['{ }', '[0]: "endpoint" is missing: wanted a URL for metrics and logs'],
    ['{ metrics_endpoint: "http://h/m" }', '[0]: "endpoint" is missing: wanted a URL for logs'],
    [`{ ${FINE}, protocol: "grpc" }`, '[0].protocol: wanted "http/protobuf" or "http/json", found "grpc"'],
    [
      `{ ${FINE}, timeout: 0 }`,
      '[0].timeout: wanted a whole number of milliseconds from 1 to 2147483647, found 0',
    ],
    [
      `{ ${FINE}, timeout: 1e99 }`,
      '[0].timeout: wanted a whole number of milliseconds from 1 to 2147483647, found 1e+99',
    ],
    [`{ ${FINE}, signals: [] }`, '[0].signals: wanted a list of "metrics" and "logs", found none'],
    [`{ ${FINE}, signals: ["traces"] }`, '[0].signals[0]: wanted "metrics" or "logs", found "traces"'],
    [`{ ${FINE}, header: {} }`, '[0]: "header" is not an option here: did you mean "headers"?'],
    [
      `{ ${FINE}, name: "../x" }`,
      '[0].name: wanted a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or a digit, found "../x"',
    ],
    [
      `{ ${FINE}, name: "__proto__" }`,
      '[0].name: wanted a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or a digit, found "__proto__"',
    ],
    [
      `{ ${FINE}, name: ".." }`,
      '[0].name: wanted a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or a digit, found ".."',
    ],
    [
      `{ ${FINE}, tls: { ca_file: "gone.pem" } }`,
      '[0].tls.ca_file: cannot read "./gone.pem": there is no such file',
    ],
    [
      `{ ${FINE}, tls: { ca_file: "agent.json" } }`,
      '[0].tls.ca_file: wanted a PEM file, found no "-----BEGIN" in "./agent.json"; convert a DER file with openssl',
    ],
    [
      `{ ${FINE} }, { ${FINE}, name: "b" }`,
      '[0]: "name" is missing: wanted a name for each of several backends',
    ],
    [
      `{ ${FINE}, name: "b" }, { ${FINE}, name: "B" }`,
      '[1].name: another backend has this name: wanted one of its own for each',
    ],
    [
      `{ ${FINE}, name: "b", timeout: -1 }, { ${FINE}, name: "b" }`,
      '[1].name: another backend has this name: wanted one of its own for each',
    ],
  ])('says so: backends: [%s]', (backends, problem) => {
    const problems = problemsIn(`{ otel: { backends: [${backends}] } }`);

    expect(problems.map((text) => text.replace(/^agent.json:\d+:\d+: otel.backends/, ''))).toContain(problem);
    expect(problems.join()).not.toContain('s3cret');
  });

  it.each([
    ['{ otel: [] }', 'agent.json:1:9: otel: wanted an object, found a list'],
    [
      '{ otel: { backends: {} } }',
      'agent.json:1:21: otel.backends: wanted a list of backends, found an object',
    ],
    [
      '{ otel: { spool: { max_bytes: 5 } } }',
      'agent.json:1:31: otel.spool.max_bytes: wanted a whole number of bytes from 1048576 to 9007199254740991, found 5',
    ],
    [
      '{ otel: { resource: { attributes: { a: [] } } } }',
      'agent.json:1:40: otel.resource.attributes.a: wanted a text, number or boolean, found a list',
    ],
    [
      '{ otel: { resource: { attributes: { "a.b": 1e400 } } } }',
      'agent.json:1:44: otel.resource.attributes["a.b"]: wanted a finite number up to 2^53; in quotes it is a text of any length',
    ],
    [
      '{ otel: { self_metrics: { enabled: "yes" } } }',
      'agent.json:1:36: otel.self_metrics.enabled: wanted true or false, found "yes"',
    ],
    [
      '{ otel: { zzz: 1 } }',
      'agent.json:1:11: otel: "zzz" is not an option here: known are backends, export_interval, resource, spool, text, cumulative, attributes, isolation, python, self_metrics',
    ],
  ])('points at it: %s', (agentJson, problem) => {
    expect(problemsIn(agentJson)).toEqual([problem]);
  });
});

function backendsOf(backends: string): readonly BackendSettings[] {
  return configurationOf(`{ otel: { backends: ${backends} } }`).otel.backends;
}
