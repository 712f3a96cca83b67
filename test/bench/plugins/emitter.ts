import { defineConfigOption, ScalyrMonitor } from 'scalyr-otel-bridge';

const warmUp = defineConfigOption({
  name: 'warm_up',
  description: 'Values to emit before the pause.',
  convertTo: 'int',
  default: 0,
});
const pauseSecs = defineConfigOption({
  name: 'pause_secs',
  description: 'Seconds between the warm-up and the values that count.',
  convertTo: 'float',
  default: 0,
});
const count = defineConfigOption({
  name: 'count',
  description: 'Values to emit after the pause.',
  convertTo: 'int',
  required: true,
});

/** Values between two turns of the event loop. */
const AT_ONCE = 1000;

/** Emits as fast as it is let, 40 metrics with two extra fields, and then waits to be stopped. */
export class Emitter extends ScalyrMonitor {
  static override readonly configOptions = [warmUp, pauseSecs, count];
  #emitted = 0;

  override async run(): Promise<void> {
    await this.#emit(this.config.get(warmUp));
    await this.sleep(this.config.get(pauseSecs));
    await this.#emit(this.config.get(count));
    while (!(await this.sleep(1))) continue;
  }

  async #emit(values: number): Promise<void> {
    const end = this.#emitted + values;
    while (this.#emitted < end && !this.signal.aborted) {
      const turnEnd = Math.min(end, this.#emitted + AT_ONCE);
      for (; this.#emitted < turnEnd; this.#emitted++) {
        const fields = { core: this.#emitted % 8, state: 'running' };
        this.logger.emitValue(`bench.metric_${this.#emitted % 40}`, this.#emitted * 0.5, fields);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
