import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

const app = 'the `id` of the entry';
const direction = { app, type: '`read` or `write`' };

export const PROCESS_METRICS: readonly DeclaredMetric[] = [
  defineMetric({
    name: 'app.cpu',
    description: 'CPU time, in hundredths of a second.',
    unit: 'jiffies',
    cumulative: true,
    extraFields: { app, type: '`user`: in the program itself; `system`: in the kernel' },
  }),
  defineMetric({
    name: 'app.uptime',
    description: 'Time the process ran; of several, the sum.',
    unit: 'ms',
    cumulative: true,
    extraFields: { app },
  }),
  defineMetric({
    name: 'app.nice',
    description: 'Nice value, -20 (first served) to 19; of several, the mean.',
    extraFields: { app },
  }),
  defineMetric({ name: 'app.threads', description: 'Threads.', extraFields: { app } }),
  defineMetric({
    name: 'app.mem.majflt',
    description: 'Page faults for which a disk was read.',
    cumulative: true,
    extraFields: { app },
  }),
  defineMetric({
    name: 'app.io.wait',
    description: 'Time spent waiting for disks, in hundredths of a second.',
    unit: 'jiffies',
    cumulative: true,
    extraFields: { app },
  }),
  defineMetric({
    name: 'app.mem.bytes',
    description: 'Memory.',
    unit: 'bytes',
    extraFields: {
      app,
      type: '`vmsize`: address space; `resident`: what is in memory; `peak_vmsize`, `peak_resident`: the most so far',
    },
  }),
  defineMetric({
    name: 'app.disk.bytes',
    description: 'Bytes read and written: files, pipes and the terminal, cached or not.',
    unit: 'bytes',
    cumulative: true,
    extraFields: direction,
  }),
  defineMetric({
    name: 'app.disk.requests',
    description: 'Calls to the kernel for it.',
    cumulative: true,
    extraFields: direction,
  }),
  defineMetric({
    name: 'app.io.fds',
    description: 'File descriptors that are open.',
    extraFields: { app, type: '`open`' },
  }),
];
