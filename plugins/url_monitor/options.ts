import { defineConfigOption } from 'scalyr-otel-bridge';

export const url = defineConfigOption({
  name: 'url',
  description: 'What to fetch; it starts with http:// or https://.',
  convertTo: 'string',
  required: true,
});

export const method = defineConfigOption({
  name: 'request_method',
  description: 'How to ask: `GET`, `POST` …',
  convertTo: 'string',
  default: 'GET',
});

export const data = defineConfigOption({
  name: 'request_data',
  description: 'What to send along, as a text; as a form unless a header says otherwise.',
  convertTo: 'string',
});

export const headers = defineConfigOption({
  name: 'request_headers',
  description:
    'Headers to send: `[{ header: "accept", value: "text/plain" }]`, or `{ accept: "text/plain" }`.',
});

export const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds for all of it, to the last byte of the answer.',
  convertTo: 'float',
  default: 10,
  minValue: 0.001,
  maxValue: 3600,
});

export const extract = defineConfigOption({
  name: 'extract',
  description:
    'Regular expression with a group: of the answer, only what the group matches is recorded. Empty: all of it.',
  convertTo: 'string',
  default: '',
});

export const logAllLines = defineConfigOption({
  name: 'log_all_lines',
  description: 'Record all lines of the answer, not only the first.',
  convertTo: 'bool',
  default: false,
});

export const maxCharacters = defineConfigOption({
  name: 'max_characters',
  description: 'Most characters to record; what is cut off is replaced by `...`.',
  convertTo: 'int',
  default: 200,
  minValue: 0,
  maxValue: 10_000,
});

export const verifyHttps = defineConfigOption({
  name: 'verify_https',
  description: 'Ask only a server whose certificate is good. Without it, anybody on the way may answer.',
  convertTo: 'bool',
  default: true,
});

export const caFile = defineConfigOption({
  name: 'ca_file',
  description: 'PEM file with the certificates that the server may be signed by, instead of those of Node.',
  convertTo: 'string',
});

export const certFile = defineConfigOption({
  name: 'cert_file',
  description: 'PEM file with the certificate to show the server; goes with `key_file`.',
  convertTo: 'string',
});

export const keyFile = defineConfigOption({
  name: 'key_file',
  description: 'PEM file with the private key of `cert_file`.',
  convertTo: 'string',
});
