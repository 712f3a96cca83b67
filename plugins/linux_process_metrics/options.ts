import { defineConfigOption } from 'scalyr-otel-bridge';

export const id = defineConfigOption({
  name: 'id',
  description: 'Names the process: the field `app` of each line, and what stands in the brackets.',
  convertTo: 'string',
  required: true,
});

export const commandline = defineConfigOption({
  name: 'commandline',
  description:
    'Regular expression that is searched for in the command lines of all processes, arguments included. The collector ' +
    'itself is never meant.',
  convertTo: 'string',
});

export const pid = defineConfigOption({
  name: 'pid',
  description:
    'Number of the process, or `$$` for the collector itself. Does not count where `commandline` is given.',
  convertTo: 'string',
});

export const aggregate = defineConfigOption({
  name: 'aggregate_multiple_processes',
  description: 'Measure all processes that match, as one; otherwise the first, for as long as it lives.',
  convertTo: 'bool',
  default: false,
});

export const includeChildren = defineConfigOption({
  name: 'include_child_processes',
  description: 'Measure the processes that these started too, and those that they started, as one.',
  convertTo: 'bool',
  default: false,
});
