import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Clock } from '../../clock/clock.ts';
import type { LaunchedProcess, ProcessExit } from '../process/launched-process.ts';
import { MessageLines } from '../process/message-lines.ts';
import { packageRoot } from '../package-files.ts';
import { ProcessGroup, processExists, residentBytes } from '../process/process-group.ts';
import { ChannelServer, type Channels } from './channel-server.ts';
import { parseLauncherMessage, type LauncherMessage } from './launcher-message.ts';

const PROGRAM = path.join(packageRoot, 'adapters', 'python', 'scalyr_otel_host', '__main__.py');
const CONTROL_FD = 3;

/** How often a process is looked for whose end nobody reports. */
const SEARCH_MS = 200;

const MAX_STDERR_CHARACTERS = 2000;

export interface PythonLauncherOptions {
  /** A program, by its path or by a name in PATH. */
  readonly interpreter: string;
  /** Folder with an installed agent's `scalyr_agent` package; without it, that of the collector is used. */
  readonly scalyrAgentPath?: string | undefined;
  /** Whether monitors share this process instead of getting one each. */
  readonly shared?: boolean | undefined;
  /** User that monitors run as; without it, that of the collector. */
  readonly user?: string | undefined;
  readonly environment: Record<string, string>;
  readonly clock: Clock;
}

export type LauncherStart =
  | { readonly kind: 'ready'; readonly launcher: PythonLauncher }
  /** `message` is a half sentence: `"python" is Python 2.7.18 (/usr/bin/python)`. */
  | { readonly kind: 'unusable'; readonly message: string };

/** What a shared process prints, on its way to one of its monitors. */
interface Printed {
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
}

/** A process that has been asked for. */
interface Pending {
  readonly launched: (child: Child) => void;
  readonly failed: (error: Error) => void;
}

/** A process that was started for a monitor. */
interface Child {
  readonly pid: number;
  readonly printed: Printed;
  readonly exited: Promise<ProcessExit>;
}

interface Running {
  readonly pid: number;
  readonly printed: Printed;
  readonly ended: (exit: ProcessExit) => void;
}

/**
 * A Python that has imported what monitors need, and forks a process for each of them: that takes less memory and less
 * time than starting a Python for each. It lives until the collector ends; what it launched outlives it.
 */
export class PythonLauncher {
  readonly #options: PythonLauncherOptions;
  readonly #server: ChannelServer;
  readonly #child: ChildProcess;
  readonly #control: Socket;
  readonly #pending = new Map<string, Pending>();
  readonly #running = new Map<string, Running>();
  #onFirst: (start: LauncherStart) => void = () => {};
  #stderr = '';
  #isGone = false;

  /** Starts the interpreter and waits until it is ready. */
  static async start(options: PythonLauncherOptions): Promise<LauncherStart> {
    const server = await ChannelServer.listen();
    const { interpreter, scalyrAgentPath, shared, user, environment } = options;
    const settings = JSON.stringify({ socket: server.path, scalyrAgentPath, shared, user });
    const child = spawn(interpreter, [PROGRAM, 'serve', settings], {
      detached: true,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const failed = new Promise<Error>((resolve) => child.on('error', resolve));
    const control: unknown = child.stdio[CONTROL_FD];
    if (child.pid === undefined || !(control instanceof Socket)) {
      await server.close();
      return { kind: 'unusable', message: `"${interpreter}" ${describeSpawnError(await failed)}` };
    }
    const launcher = new PythonLauncher(options, { server, child, control });
    const start = await new Promise<LauncherStart>((resolve) => (launcher.#onFirst = resolve));
    if (start.kind === 'unusable') child.kill('SIGKILL');
    launcher.#letCollectorEnd();
    return start;
  }

  private constructor(
    options: PythonLauncherOptions,
    parts: { readonly server: ChannelServer; readonly child: ChildProcess; readonly control: Socket },
  ) {
    this.#options = options;
    this.#server = parts.server;
    this.#child = parts.child;
    this.#control = parts.control;
    const lines = new MessageLines();
    this.#control.on('error', () => {});
    this.#control.on('data', (chunk: Buffer) => {
      for (const text of lines.push(chunk)) this.#handle(parseLauncherMessage(text));
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#oldest?.printed.stdout.write(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-MAX_STDERR_CHARACTERS);
      this.#oldest?.printed.stderr.write(chunk);
    });
    this.#child.once('close', (code, signal) => this.#gone(signal ?? `exit code ${code}`));
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Starts a process for one monitor. Rejects with an Error that says why there is none. */
  async launch(): Promise<LaunchedProcess> {
    if (this.#isGone) throw new Error('Cannot start a Python process: the launcher is gone');
    const { token, channels } = this.#server.expect();
    this.#holdCollector();
    try {
      const launched = await new Promise<Child>((resolve, reject) => {
        this.#pending.set(token, { launched: resolve, failed: reject });
        this.#control.write(`${JSON.stringify({ type: 'launch', token })}\n`);
      });
      const arrived = await channels;
      return this.#options.shared === true
        ? this.#shareOf(launched, arrived)
        : this.#processOf(launched, arrived);
    } catch (error) {
      this.#server.forget(token);
      throw error;
    } finally {
      this.#pending.delete(token);
      this.#letCollectorEnd();
    }
  }

  #processOf({ pid, exited }: Child, channels: Channels): LaunchedProcess {
    const group = new ProcessGroup(pid, this.#options.clock);
    let isGone = false;
    const gone = exited.then((exit) => {
      isGone = true;
      channels.lifeline.destroy();
      return exit;
    });
    return {
      ...channels,
      exited: gone,
      residentBytes: () => residentBytes(pid),
      end: () => (isGone ? () => {} : group.end()),
      kill: () => {
        if (!isGone) group.kill();
      },
    };
  }

  /** A monitor's part of the process that all share: it cannot be ended alone, and what is printed is of all of them. */
  #shareOf(child: Child, channels: Channels): LaunchedProcess {
    const whole = this.#processOf(child, channels);
    const { stdout, stderr } = child.printed;
    return {
      ...whole,
      stdout,
      stderr,
      residentBytes: () => {
        const bytes = whole.residentBytes();
        return bytes === undefined ? undefined : bytes / Math.max(1, this.#running.size);
      },
    };
  }

  /** Who gets what a shared process prints. */
  get #oldest(): Running | undefined {
    return [...this.#running.values()][0];
  }

  #handle(message: LauncherMessage | undefined): void {
    switch (message?.type) {
      case 'ready':
        this.#onFirst({ kind: 'ready', launcher: this });
        return;
      case 'too-old':
        this.#onFirst(this.#unusable(`is Python ${message.version} (${message.executable})`));
        return;
      case 'unusable':
        this.#onFirst(this.#unusable(`cannot run the host program: ${message.message}`));
        return;
      case 'launched':
        this.#launched(message);
        return;
      case 'failed':
        this.#pending
          .get(message.token)
          ?.failed(new Error(`Cannot start a Python process: ${message.message}`));
        return;
      case 'exited':
        this.#ended(message.token, message);
        return;
      case undefined:
        return;
    }
  }

  #launched({ token, pid }: { readonly token: string; readonly pid: number }): void {
    const printed = { stdout: new PassThrough(), stderr: new PassThrough() };
    const exited = new Promise<ProcessExit>((ended) => this.#running.set(token, { pid, printed, ended }));
    this.#pending.get(token)?.launched({ pid, printed, exited });
  }

  #ended(token: string, exit: ProcessExit): void {
    const running = this.#running.get(token);
    this.#running.delete(token);
    running?.printed.stdout.end();
    running?.printed.stderr.end();
    running?.ended(exit);
  }

  /** Processes that it started live on; since nobody reports their end any more, they are looked for. */
  #gone(how: string): void {
    this.#isGone = true;
    const said = this.#stderr.trim() === '' ? '' : `: ${this.#stderr.trim()}`;
    this.#onFirst(this.#unusable(`ended before it was ready, by ${how}${said}`));
    const error = new Error(`Cannot start a Python process: the launcher ended by ${how}${said}`);
    for (const { failed } of this.#pending.values()) failed(error);
    for (const [token, { pid }] of this.#running) {
      if (this.#options.shared === true)
        this.#ended(token, { how: `with the process that it shares, by ${how}` });
      else void this.#searchUntilGone(token, pid);
    }
    void this.#server.close();
  }

  async #searchUntilGone(token: string, pid: number): Promise<void> {
    const { clock } = this.#options;
    while (processExists(pid)) await clock.sleep(SEARCH_MS);
    new ProcessGroup(pid, clock).kill();
    this.#ended(token, { how: 'unseen, as the launcher that would have told how is gone' });
  }

  #unusable(what: string): LauncherStart {
    return { kind: 'unusable', message: `"${this.#options.interpreter}" ${what}` };
  }

  /** While nothing is asked of it, the launcher does not keep the collector running. */
  #letCollectorEnd(): void {
    if (this.#pending.size > 0) return;
    this.#child.unref();
    for (const stream of [this.#control, this.#child.stdout, this.#child.stderr]) {
      if (stream instanceof Socket) stream.unref();
    }
  }

  #holdCollector(): void {
    this.#control.ref();
  }
}

function describeSpawnError(error: Error): string {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  return isMissing ? 'is not there' : `cannot be started: ${error.message}`;
}
