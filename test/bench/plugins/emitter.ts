import { defineConfigOption, ScalyrMonitor } from 'scalyr-otel-bridge';

const count = defineConfigOption({
  name: 'count',
  description: 'Values to emit before it waits to be stopped; 0 for no end',
  convertTo: 'int',
  default: 0,
});

/** Emits as fast as it is let: 40 metric names, two extra fields for each value. */
export class Emitter extends ScalyrMonitor {
  static override readonly configOptions = [count];

  override async run(): Promise<void> {
    const limit = this.config.get(count) || Number.POSITIVE_INFINITY;
    for (let i = 0; i < limit && !this.signal.aborted;) {
      for (const end = Math.min(limit, i + 1000); i < end; i++) {
        this.logger.emitValue(`bench.metric_${i % 40}`, i * 0.5, { core: i % 8, state: 'running' });
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    while (!(await this.sleep(1))) continue;
  }
}
