import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BenchReceiver } from '../bench-receiver.ts';
import type { Figure, Scenario } from '../figure.ts';
import type { SdkReport } from '../sdk-process.ts';

const SECS = 8;

/**
 * The same values through the SDK's own `Gauge.record` and the official exporter, which is what one would write without
 * this collector. It records faster than anything can be delivered, because it delivers next to nothing: a gauge keeps
 * the last value of each attribute set, and repeats it with each export. A value is delivered at most once a second for
 * each series, whatever was recorded.
 */
export const sdk: Scenario = {
  name: 'sdk-gauge',
  measure: () => measure('same'),
};

/**
 * The same with a running count among the attributes, as monitors have it, so that no value replaces another: until the
 * limit of 2000 attribute sets for each gauge and export. What arrives is for the most part what arrived before.
 */
export const sdkWithCount: Scenario = {
  name: 'sdk-gauge-with-count',
  measure: () => measure('count'),
};

async function measure(attributes: 'same' | 'count'): Promise<readonly Figure[]> {
  const receiver = await BenchReceiver.start();
  const program = fileURLToPath(new URL('../sdk-process.js', import.meta.url));
  const child = fork(program, [receiver.url, String(SECS), attributes]);
  const [{ recorded, cpuSecs, rssBytes }] = (await once(child, 'message')) as [SdkReport];
  const { points } = await receiver.report();
  await receiver.stop();
  return [
    { name: 'recorded', value: recorded / SECS, unit: 'values/s' },
    { name: 'arrived, repetitions included', value: points / SECS, unit: 'points/s' },
    { name: 'arrived of the values recorded, at most', value: (100 * points) / recorded, unit: '%' },
    { name: 'CPU', value: (cpuSecs * 1e6) / points, unit: 'µs/arrived point' },
    { name: 'RSS at the end', value: rssBytes / 1e6, unit: 'MB' },
  ];
}
