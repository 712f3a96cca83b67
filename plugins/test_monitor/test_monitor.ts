import { defineConfigOption, defineMetric, ScalyrMonitor } from 'scalyr-otel-bridge';

const mean = defineConfigOption({
  name: 'gauss_mean',
  description: 'Mean of the metric gauss.',
  convertTo: 'float',
  required: true,
  minValue: 0,
  maxValue: 10,
});
const stddev = defineConfigOption({
  name: 'gauss_stddev',
  description: 'Standard deviation of the metric gauss.',
  convertTo: 'float',
  default: 0.25,
  minValue: 0,
});

const extraFields = { count: 'number of the sample, from 1' };

/** Emits two random numbers a sample, to see whether values arrive. */
export class TestMonitor extends ScalyrMonitor {
  static override readonly description = 'Emits random numbers, to see whether values arrive.';
  static override readonly configOptions = [mean, stddev];
  static override readonly metrics = [
    defineMetric({ name: 'uniform', description: 'A random number from 0 to 1.', extraFields }),
    defineMetric({ name: 'gauss', description: 'A random number around `gauss_mean`.', extraFields }),
  ];

  random: () => number = Math.random;
  #count = 0;

  override gatherSample(): void {
    const fields = { count: ++this.#count };
    this.logger.emitValue('uniform', this.random(), fields);
    const normal = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
    this.logger.emitValue('gauss', this.config.get(mean) + this.config.get(stddev) * normal, fields);
  }
}
