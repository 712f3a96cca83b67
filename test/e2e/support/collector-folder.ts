import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DeadLetter } from '../../../src/otlp/dead-letter.ts';
import type { StatusSnapshot } from '../../../src/status/status-snapshot.ts';
import { splitRecords } from '../../../src/metric-line/split-records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { CliProcess } from './cli-process.ts';

const FIXTURES = ['e2e', 'plugins'].map((name) => path.resolve(import.meta.dirname, '../../fixtures', name));

/** What a test says about a configuration; the rest is made for quick tests. */
export interface TestConfiguration {
  readonly monitors: readonly object[];
  readonly otel?: object;
  readonly [key: string]: unknown;
}

/** A temporary folder with an agent.json and everything that a collector makes of it. */
export class CollectorFolder {
  readonly path = temporaryFolder();

  constructor(configuration: TestConfiguration) {
    this.configure(configuration);
  }

  configure({ monitors, otel, ...rest }: TestConfiguration): void {
    const content = {
      agent_log_path: 'log',
      agent_data_path: 'data',
      global_monitor_sample_interval_enable_jitter: false,
      additional_monitor_module_paths: FIXTURES.join(path.delimiter),
      monitors,
      otel: { export_interval: 100, ...otel },
      implicit_metric_monitor: false,
      implicit_agent_process_metrics_monitor: false,
      ...rest,
    };
    this.write('agent.json', JSON.stringify(content, undefined, 2));
  }

  write(file: string, text: string | Uint8Array): void {
    writeFileSync(path.join(this.path, file), text);
  }

  /** Starts a collector here; it is not up yet when this returns. */
  start(): CliProcess {
    return new CliProcess(['run', '--config', 'agent.json'], { cwd: this.path });
  }

  /** Starts a collector here and waits until it has written its first status. */
  async startAndWait(): Promise<CliProcess> {
    const collector = this.start();
    let ended = false;
    void collector.ended.then(() => (ended = true));
    while (this.statusOf(collector) === undefined) {
      if (ended) throw new Error(`The collector ended instead of starting:\n${collector.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return collector;
  }

  /** The records of a metric log without their final line breaks; empty when there is no such file yet. */
  log(file: string): string[] {
    const text = this.#read(path.join('log', file)) ?? '';
    return splitRecords(text).map((record) => record.trimEnd());
  }

  /** Bytes of a metric log. */
  logBytes(file: string): number {
    return statSync(path.join(this.path, 'log', file), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The status that was written last, by whichever collector. */
  get status(): StatusSnapshot {
    const text = this.#read('data/status.json');
    if (text === undefined) throw new Error('There is no status.json');
    return JSON.parse(text) as StatusSnapshot;
  }

  /** The status that this collector wrote last; undefined when it has written none. */
  statusOf({ pid }: CliProcess): StatusSnapshot | undefined {
    const text = this.#read('data/status.json');
    if (text === undefined) return undefined;
    const status = JSON.parse(text) as StatusSnapshot;
    return status.pid === pid ? status : undefined;
  }

  deadLetters(backend: string): DeadLetter[] {
    const text = this.#read(`data/dead-letter/${backend}.jsonl`) ?? '';
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as DeadLetter);
  }

  /** Names below the folder, as `data/spool/metrics`. */
  list(folder: string): string[] {
    const full = path.join(this.path, folder);
    return existsSync(full) ? readdirSync(full).sort() : [];
  }

  #read(file: string): string | undefined {
    const full = path.join(this.path, file);
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
  }
}
