import { ScalyrMonitor } from 'scalyr-otel-bridge';
import { loadSnmpDriver } from './driver.ts';
import type { SnmpDriver } from './driver.ts';
import { metrics } from './metrics.ts';
import { readMibFolder } from './mib-folder.ts';
import { ObjectNames } from './object-names.ts';
import * as options from './options.ts';
import type { Target } from './read-targets.ts';
import { readTargets } from './read-targets.ts';
import { SnmpDevice } from './snmp-device.ts';
import { SnmpFailure } from './snmp-failure.ts';
import { openSnmpSession } from './snmp-session.ts';

/** Devices that are asked at the same time. */
const MAX_AT_ONCE = 64;
/** A sample ends before the next one is due, and before the collector's deadline of a minute. */
const LONGEST_SAMPLE_SECS = 50;
const PART_OF_INTERVAL = 0.9;

/** Asks devices for values over SNMP. */
export class SnmpMonitor extends ScalyrMonitor {
  static override readonly description = 'Reports what devices tell over SNMP.';
  static override readonly configOptions = Object.values(options);
  static override readonly metrics = metrics;

  /** How a session is opened: a test takes its place. */
  openSession = openSnmpSession;

  readonly #targets = readTargets(this.config.get(options.pollTargets), this.config.get(options.oidGroups));
  #devices: readonly SnmpDevice[] = [];

  override async initialize(): Promise<void> {
    const driver = loadSnmpDriver();
    const folder = this.config.get(options.mibPath);
    const names = new ObjectNames(folder === undefined ? [] : await readMibFolder(folder));
    this.#devices = this.#targets.map((target) => this.#makeDevice(target, names, driver));
    this.signal.addEventListener('abort', () => this.#devices.forEach((device) => device.close()), {
      once: true,
    });
  }

  #makeDevice({ settings, objects, unknown }: Target, names: ObjectNames, driver: SnmpDriver): SnmpDevice {
    if (unknown.length > 0) {
      this.logger.warn(
        `Ignored ${unknown.map((name) => `"${name}"`).join(', ')} of the device "${settings.name}" in poll_targets: ` +
          'there is no such setting',
      );
    }
    return new SnmpDevice({
      name: settings.name,
      objects: objects.map((given) => names.find(given)),
      names,
      connect: () => this.openSession(driver, settings),
      logger: this.logger,
      walkLimit: this.config.get(options.walkLimit),
      errorIntervalSecs: this.config.get(options.errorRepeatInterval),
    });
  }

  override async gatherSample(): Promise<void> {
    const secs = PART_OF_INTERVAL * Math.min(this.sampleIntervalSecs, LONGEST_SAMPLE_SECS);
    const sample = new AbortController();
    const end = (): void => sample.abort(tooLate(secs));
    const timer = setTimeout(end, secs * 1000);
    this.signal.addEventListener('abort', end, { once: true });
    try {
      await this.#pollAll(sample.signal);
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', end);
    }
  }

  async #pollAll(deadline: AbortSignal): Promise<void> {
    const waiting = [...this.#devices];
    const pollNext = async (): Promise<void> => {
      for (let device = waiting.shift(); device !== undefined; device = waiting.shift()) {
        await this.#poll(device, deadline);
      }
    };
    await Promise.all(Array.from({ length: MAX_AT_ONCE }, pollNext));
  }

  async #poll(device: SnmpDevice, deadline: AbortSignal): Promise<void> {
    try {
      await device.poll(deadline);
    } catch (error) {
      if (!(error instanceof SnmpFailure)) throw error;
      if (this.signal.aborted) return;
      this.logger.error(`Cannot poll the device "${device.name}": ${error.message}`, {
        limitOncePerSecs: this.config.get(options.errorRepeatInterval),
        limitKey: `cannot poll ${device.name}`,
      });
    }
  }
}

function tooLate(secs: number): SnmpFailure {
  return new SnmpFailure(
    `not all answers came within ${Number(secs.toFixed(3))} s; raise sample_interval, or poll less, or lower timeout and ` +
      'retries',
  );
}
