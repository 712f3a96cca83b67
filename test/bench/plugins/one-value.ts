import { ScalyrMonitor } from 'scalyr-otel-bridge';

/** The least that a plugin can be. */
export class OneValue extends ScalyrMonitor {
  override gatherSample(): void {
    this.logger.emitValue('value', 1);
  }
}
