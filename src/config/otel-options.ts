import { baseEndpoint, signalEndpoint } from './endpoint.ts';
import { headers } from './headers.ts';
import { pemFile } from './pem-file.ts';
import { agentFolder, program } from './python-paths.ts';
import type { Place } from './place.ts';
import { checkedSection, optional, section, subsection, withDefault } from './section.ts';
import type { Values } from './section.ts';
import {
  flag,
  listOf,
  milliseconds,
  oneOf,
  recordOf,
  text,
  textLike,
  texts,
  wholeNumber,
} from './value-type.ts';
import { attributeValue } from './resource-attributes.ts';

const MiB = 1024 * 1024;

/** The standard names of OpenTelemetry for what the collector honours; each also exists for one signal. */
export const OTLP = 'OTEL_EXPORTER_OTLP_';

const backendName = textLike(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or a digit',
);

const tlsOptions = {
  ca_file: optional(
    pemFile,
    'Certificates that the backend may be signed by, instead of those of the system.',
    {
      variable: `${OTLP}CERTIFICATE`,
    },
  ),
  cert_file: optional(pemFile, 'Certificate that the collector shows the backend; goes with `key_file`.', {
    variable: `${OTLP}CLIENT_CERTIFICATE`,
  }),
  key_file: optional(pemFile, 'Private key of `cert_file`.', { variable: `${OTLP}CLIENT_KEY` }),
};

const backendOptions = {
  name: optional(backendName, 'Names the backend in status, log and files. Required when there are several.'),
  endpoint: optional(baseEndpoint, 'Base URL; `/v1/metrics` and `/v1/logs` are appended.'),
  metrics_endpoint: optional(signalEndpoint, 'Whole URL for metrics, used as it is.'),
  logs_endpoint: optional(signalEndpoint, 'Whole URL for logs, used as it is.'),
  protocol: withDefault(oneOf('http/protobuf', 'http/json'), 'http/protobuf', 'Encoding of the requests.', {
    variable: `${OTLP}PROTOCOL`,
  }),
  headers: withDefault(headers, {}, 'Headers of every request. Secrets; see above.'),
  compression: withDefault(oneOf('gzip', 'none'), 'gzip', 'Compression of the requests.', {
    variable: `${OTLP}COMPRESSION`,
  }),
  timeout: withDefault(
    milliseconds,
    10_000,
    'Milliseconds for one request, to the last byte of its answer.',
    {
      variable: `${OTLP}TIMEOUT`,
    },
  ),
  tls: subsection(tlsOptions, 'Certificates, for https.'),
  signals: withDefault(
    listOf(oneOf('metrics', 'logs'), { wanted: 'a list of "metrics" and "logs"', min: 1 }),
    ['metrics', 'logs'],
    'What is sent to this backend.',
  ),
  max_export_batch_size: withDefault(
    wholeNumber(1, 100_000),
    5000,
    'Most data points or log records in one request.',
  ),
};

/** One element of `otel.backends`. */
export const backendSection = checkedSection(section(backendOptions), checkBackend);

const resourceOptions = {
  attributes: withDefault(
    recordOf(attributeValue, 'an object: each value a text, number or boolean'),
    {},
    'Attributes of the resource; win over what `server_attributes` give. `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` win over them.',
  ),
};

const spoolOptions = {
  max_bytes: withDefault(
    wholeNumber(MiB, Number.MAX_SAFE_INTEGER, 'of bytes '),
    1024 * MiB,
    'Most bytes on disk of the spools of metrics and logs together; beyond it the oldest values are dropped and counted.',
  ),
  fsync: withDefault(
    oneOf('interval', 'always', 'never'),
    'interval',
    'When values are forced to the disk: once a second, before they count as written, or when the system likes.',
  ),
};

const isolationOptions = {
  memory_limit_bytes: withDefault(
    wholeNumber(16 * MiB, Number.MAX_SAFE_INTEGER, 'of bytes '),
    256 * MiB,
    'Memory that one monitor may use before it is ended and restarted.',
  ),
  gather_deadline_ms: withDefault(
    milliseconds,
    60_000,
    'Milliseconds one gather may take before the monitor counts as hung and is ended and restarted.',
  ),
  share_above: withDefault(
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
    8,
    'When a TypeScript monitor has more instances than this, they share threads, up to 100 in one; `isolation` on a monitor decides otherwise.',
  ),
  user: optional(text, 'User that Python monitors run as, by name. The collector has to run as root for it.'),
};

const pythonOptions = {
  interpreter: optional(
    program,
    'Python 3.8 or later, for Python monitors. Without it, `python3` and `python` are looked for in `PATH`.',
  ),
  scalyr_agent_path: optional(
    agentFolder,
    "Folder of an installed Scalyr agent, as `/usr/share/scalyr-agent-2/py`: its `scalyr_agent` is used instead of the collector's.",
  ),
};

const selfMetricsOptions = {
  enabled: withDefault(flag, false, 'Sends metrics of the collector about itself to the backends.'),
  interval: withDefault(milliseconds, 60_000, 'Milliseconds between two of them.'),
};

/** The section `otel`; its names are those of the OpenTelemetry configuration schema where it has one. */
export const otelSection = section({
  backends: withDefault(
    listOf(backendSection, { wanted: 'a list of backends' }),
    [],
    'Where values are delivered.',
  ),
  export_interval: withDefault(
    milliseconds,
    5000,
    'Milliseconds between two deliveries of what has gathered.',
  ),
  resource: subsection(resourceOptions, 'What the values come from.'),
  spool: subsection(spoolOptions, 'Where values wait until every backend has them.'),
  text: withDefault(
    oneOf('logs', 'info', 'drop'),
    'logs',
    'What a text value becomes: a log record, a gauge of 1 with the text as an attribute, or nothing.',
  ),
  cumulative: withDefault(
    oneOf('gauge', 'sum'),
    'gauge',
    'What a metric that its monitor declares cumulative becomes.',
  ),
  attributes: subsection(
    { drop: withDefault(texts, [], 'Extra fields that never become attributes.') },
    'What becomes of extra fields.',
  ),
  isolation: subsection(isolationOptions, 'Limits that a monitor lives within.'),
  python: subsection(pythonOptions, 'What runs Python monitors.'),
  self_metrics: subsection(selfMetricsOptions, 'What the collector says about itself.'),
});

export type OtelValues = Values<typeof otelSection.options>;
export type BackendValues = Values<typeof backendOptions>;

function checkBackend(backend: BackendValues, place: Place): boolean {
  const problems = [...endpointProblems(backend), ...tlsProblems(backend)];
  for (const problem of problems) place.reject(problem);
  return problems.length === 0;
}

function endpointProblems({
  endpoint,
  signals,
  metrics_endpoint,
  logs_endpoint,
}: BackendValues): readonly string[] {
  const given = { metrics: metrics_endpoint, logs: logs_endpoint };
  const missing = signals.filter((signal) => (given[signal] ?? endpoint) === undefined);
  return missing.length === 0 ? [] : [`"endpoint" is missing: wanted a URL for ${missing.join(' and ')}`];
}

function tlsProblems({ tls }: BackendValues): readonly string[] {
  if ((tls.cert_file === undefined) === (tls.key_file === undefined)) return [];
  const [given, missing] =
    tls.cert_file === undefined ? ['key_file', 'cert_file'] : ['cert_file', 'key_file'];
  return [`"tls.${missing}" is missing: wanted it together with "tls.${given}"`];
}
