import { defineConfigOption } from 'scalyr-otel-bridge';

export const url = defineConfigOption({
  name: 'url',
  description: 'The endpoint to scrape.',
  convertTo: 'string',
  required: true,
});
export const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds to wait for the whole answer.',
  convertTo: 'float',
  default: 10,
  minValue: 0.001,
  maxValue: 3600,
});
export const headers = defineConfigOption({
  name: 'headers',
  description: 'Headers of the request, as `{ "authorization": "Bearer …" }`.',
  convertTo: 'object',
  default: {},
});
export const verifyHttps = defineConfigOption({
  name: 'verify_https',
  description: 'Whether the certificate of an https endpoint must be trusted.',
  convertTo: 'bool',
  default: true,
});
export const caFile = defineConfigOption({
  name: 'ca_file',
  description: 'File with the certificates, in PEM, that are trusted instead of the usual ones.',
  convertTo: 'string',
});
export const nameIncludeList = defineConfigOption({
  name: 'metric_name_include_list',
  description: 'Patterns of the names of metrics that are emitted; `*`, `?` and `[…]` are wildcards.',
  convertTo: 'stringArray',
  default: ['*'],
});
export const nameExcludeList = defineConfigOption({
  name: 'metric_name_exclude_list',
  description: 'Patterns of the names of metrics that are not emitted, even if the list above has them.',
  convertTo: 'stringArray',
  default: [],
});
export const componentIncludeList = defineConfigOption({
  name: 'metric_component_value_include_list',
  description:
    'For patterns of names, the labels and the patterns of their values that are emitted, as `{ "kafka_*": { "topic": ["orders*"] } }`.',
  convertTo: 'object',
  default: {},
});
export const extraFields = defineConfigOption({
  name: 'extra_fields',
  description: 'Fields of every value; a label of the same name wins.',
  convertTo: 'object',
  default: {},
});
export const honorTimestamps = defineConfigOption({
  name: 'honor_timestamps',
  description:
    'Whether a value with a timestamp of its own gets that time; otherwise all get the time of the scrape.',
  convertTo: 'bool',
  default: true,
});
export const maxBodyBytes = defineConfigOption({
  name: 'max_body_bytes',
  description: 'Longest answer that is read; a longer one is an error, and nothing of it is emitted.',
  convertTo: 'int',
  default: 16 * 1024 * 1024,
  minValue: 1,
  maxValue: 256 * 1024 * 1024,
});
export const maxSeries = defineConfigOption({
  name: 'max_series',
  description: 'Most values emitted of one scrape; what is beyond is dropped, and a warning says how much.',
  convertTo: 'int',
  default: 20_000,
  minValue: 1,
});
