import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const PROGRAM = path.resolve(import.meta.dirname, '../../../dist/src/cli/main.js');

export interface CliOptions {
  /** Working folder. */
  readonly cwd: string;
  /** On top of PATH and HOME; nothing else of the test's own environment is there. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a command ended. */
export interface CliEnd {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `scalyr-otel` command in a process of its own; killed when the test is over. */
export class CliProcess {
  readonly ended: Promise<CliEnd>;
  readonly #child: ChildProcess;
  readonly #printed = { stdout: '', stderr: '' };

  constructor(args: readonly string[], { cwd, environment = {} }: CliOptions) {
    const { PATH, HOME } = process.env;
    this.#child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const name of ['stdout', 'stderr'] as const) {
      this.#child[name]?.setEncoding('utf8').on('data', (text: string) => (this.#printed[name] += text));
    }
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code, signal) =>
        resolve({ code: code ?? undefined, signal: signal ?? undefined, ...this.#printed }),
      );
    });
    onTestFinished(() => this.kill());
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`"${PROGRAM}" could not be started`);
    return pid;
  }

  /** What it has printed so far. */
  get stdout(): string {
    return this.#printed.stdout;
  }

  get stderr(): string {
    return this.#printed.stderr;
  }

  /** Asks it to stop and waits until it has. */
  stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<CliEnd> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** Ends it with SIGKILL; harmless when it has ended already. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** Runs a command to its end. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliEnd> {
  return new CliProcess(args, options).ended;
}
