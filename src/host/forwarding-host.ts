import type { LineBlock } from '../metric-line/line-block.ts';
import type { HostPlace } from './host-place.ts';
import type { GatherOutcome, HostExit, MonitorHost, StartOutcome } from './monitor-host.ts';

/** A host that hands everything on to another one; what is made of it adds behaviour to some of it. */
export abstract class ForwardingHost implements MonitorHost {
  readonly exited: Promise<HostExit>;
  protected readonly host: MonitorHost;

  constructor(host: MonitorHost, exited: Promise<HostExit> = host.exited) {
    this.host = host;
    this.exited = exited;
  }

  get place(): HostPlace {
    return this.host.place;
  }

  start(): Promise<StartOutcome> {
    return this.host.start();
  }

  gather(): Promise<GatherOutcome> {
    return this.host.gather();
  }

  run(): Promise<GatherOutcome> {
    return this.host.run();
  }

  stop(graceMs: number): Promise<void> {
    return this.host.stop(graceMs);
  }

  kill(): void {
    this.host.kill();
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.host.drain(maxBytes);
  }
}
