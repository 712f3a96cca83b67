import type { BackendSettings } from '../../../../src/config/configuration.ts';
import type { Signal } from '../../../../src/metric-line/line-block.ts';
import type { DeadLetter } from '../../../../src/otlp/dead-letter.ts';
import type { Lane } from '../../../../src/otlp/deliver-lane.ts';
import type { CursorProgress } from '../../../../src/otlp/delivery-contract.ts';
import { openLane } from '../../../../src/otlp/open-lane.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RecordingLogger } from '../../../support/recording-logger.ts';
import type { FakeTransport } from './fake-transport.ts';
import { mappingOptions } from './mapping.ts';
import { MemorySpool } from './memory-spool.ts';

/** A backend that understands what {@link FakeTransport} reads. */
export function backendSettings(overrides: Partial<BackendSettings> = {}): BackendSettings {
  return {
    name: 'main',
    endpoint: 'http://127.0.0.1:4318',
    signalEndpoints: {},
    protocol: 'http/json',
    headers: {},
    compression: 'none',
    timeoutMs: 10_000,
    tls: {},
    signals: ['metrics', 'logs'],
    maxExportBatchSize: 100,
    ...overrides,
  };
}

function immediate(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What a test wants to be different. */
export interface LaneFixtureOptions {
  readonly transport: FakeTransport;
  readonly signal?: Signal;
  readonly backend?: Partial<BackendSettings>;
  readonly text?: 'logs' | 'info' | 'drop';
  readonly random?: () => number;
}

/** A running lane with a spool in memory, a clock that stands still and an export interval of 5 s. */
export class LaneFixture {
  readonly clock = new FakeClock();
  readonly logger = new RecordingLogger();
  readonly spool = new MemorySpool();
  readonly progress: CursorProgress[] = [];
  readonly lane: Lane;
  readonly deadLetters: DeadLetter[] = [];

  constructor(options: LaneFixtureOptions) {
    const { clock, logger, spool } = this;
    this.lane = openLane({
      backend: backendSettings(options.backend),
      signal: options.signal ?? 'metrics',
      spool,
      end: spool.end,
      settings: { exportIntervalMs: 5_000, text: options.text ?? 'logs' },
      mapping: mappingOptions(),
      transport: options.transport,
      deadLetters: {
        path: 'main.jsonl',
        write: async (letters) => {
          this.deadLetters.push(...letters);
        },
      },
      clock,
      random: options.random ?? (() => 0.5),
      logger,
      onProgress: (progress) => this.progress.push(progress),
    });
  }

  /** Appends a record of `coin_monitor()` and tells the lane. */
  append(contents: readonly string[], monitor = 'coin_monitor()'): void {
    this.lane.advance(this.spool.append(monitor, contents));
  }

  /** Lets everything happen that happens within `ms`. */
  async pass(ms: number): Promise<void> {
    await immediate();
    let left = ms;
    for (let next = this.clock.pending[0]; next !== undefined && next <= left; next = this.clock.pending[0]) {
      await this.clock.advance(next);
      left -= next;
      await immediate();
    }
    await this.clock.advance(left);
    await immediate();
  }

  get state() {
    return this.progress.at(-1)?.state;
  }

  get settled() {
    return this.spool.commits.at(-1)?.settled;
  }
}
