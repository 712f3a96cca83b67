import { defineConfigOption } from 'scalyr-otel-bridge';

export const command = defineConfigOption({
  name: 'command',
  description: 'Command to run with `/bin/sh`, as the user of the collector.',
  convertTo: 'string',
  required: true,
});

export const extract = defineConfigOption({
  name: 'extract',
  description:
    'Regular expression with a group: of the output, only what the group matches is recorded. Empty: all of it.',
  convertTo: 'string',
  default: '',
});

export const logAllLines = defineConfigOption({
  name: 'log_all_lines',
  description: 'Record all lines of the output, not only the first.',
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

export const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds the command may take; then it is ended, with everything it started.',
  convertTo: 'float',
  default: 50,
  minValue: 0.001,
  maxValue: 86_400,
});
