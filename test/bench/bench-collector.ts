import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Books } from '../../src/ledger/ledger-snapshot.ts';
import { readStatusFile } from '../../src/status/status-file.ts';
import type { StatusSnapshot } from '../../src/status/status-snapshot.ts';

export const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Plugins for measuring, as they are written: the collector bundles them as it does anybody's. */
export const PLUGINS = fileURLToPath(new URL('../../../test/bench/plugins', import.meta.url));

/** What is measured; everything else has its default. */
export interface CollectorSetup {
  /** A folder for all its files. */
  readonly folder: string;
  readonly monitors: readonly object[];
  readonly backend: { readonly endpoint: string; readonly compression?: 'gzip' | 'none' };
  readonly spoolMaxBytes?: number;
}

/** A collector in another process, started as a user starts it: `scalyr-otel run`. */
export class BenchCollector {
  readonly pid: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  static async start(setup: CollectorSetup): Promise<BenchCollector> {
    const { folder } = setup;
    await mkdir(folder, { recursive: true });
    const config = path.join(folder, 'agent.json');
    await writeFile(config, JSON.stringify(configuration(setup)));
    const child = spawn(process.execPath, [MAIN, 'run', '--config', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.pipe(createWriteStream(path.join(folder, 'stderr.log')));
    await once(child, 'spawn');
    return new BenchCollector(child, folder);
  }

  private constructor(child: ChildProcess, folder: string) {
    this.#process = child;
    this.pid = child.pid ?? 0;
    this.#folder = folder;
  }

  /** Stops it as a user does and gives its last books. Rejects when they do not balance. */
  async stop(): Promise<Books> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    if (code !== 0)
      throw new Error(`The collector ended with exit code ${code}: see "${this.#folder}/stderr.log"`);
    const { ledger } = await this.status();
    if (!ledger.balanced) throw new Error(`The ledger does not balance: ${ledger.problems.join('; ')}`);
    return ledger.totals;
  }

  /** Its status as it last wrote it, which it does every five seconds and at its end. */
  status(): Promise<StatusSnapshot> {
    return readStatusFile(path.join(this.#folder, 'data', 'status.json'));
  }
}

/** Lines that the backend has acknowledged, out of the books of a collector with one backend. */
export function acknowledged(books: Books): number {
  return Object.values(books.backends)[0]?.settled.acknowledged ?? 0;
}

function configuration({ folder, monitors, backend, spoolMaxBytes }: CollectorSetup): object {
  return {
    agent_log_path: path.join(folder, 'log'),
    agent_data_path: path.join(folder, 'data'),
    additional_monitor_module_paths: PLUGINS,
    implicit_metric_monitor: false,
    implicit_agent_process_metrics_monitor: false,
    monitors,
    otel: {
      backends: [{ name: 'bench', ...backend }],
      ...(spoolMaxBytes !== undefined && { spool: { max_bytes: spoolMaxBytes } }),
    },
  };
}
