import { defineMetric } from 'scalyr-otel-bridge';

export const metrics = [
  defineMetric({
    name: 'details',
    description: 'A text: the message of an entry. The fields are those of `journal_fields`.',
    extraFields: {
      boot_id: 'id of the boot',
      machine_id: 'id of the machine',
      pid: 'process that wrote it',
      timestamp: 'when it was written, in microseconds since 1970, where that is known',
      unit: 'unit of systemd that the process belongs to',
    },
  }),
];
