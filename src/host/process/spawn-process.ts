import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { LaunchedProcess, ProcessExit } from './launched-process.ts';
import { LIFELINE_FD, LINES_FD, MESSAGES_FD } from './process-channels.ts';
import { ProcessGroup, residentBytes } from './process-group.ts';

export interface SpawnOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Record<string, string>;
  readonly clock: Clock;
}

/** Starts a program with the channels of a host, as the leader of a process group of its own. */
export async function spawnProcess(options: SpawnOptions): Promise<LaunchedProcess> {
  const { command, args, environment, clock } = options;
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'] as const;
  const child = spawn(command, args, { detached: true, env: environment, stdio: [...stdio] });
  const failed = new Promise<Error>((resolve) => child.on('error', resolve));
  // Where there was no file descriptor left for its channels, it has none of them.
  if (child.pid === undefined) {
    const error = await failed;
    throw new Error(`Cannot start "${command}": ${error.message}`, { cause: error });
  }
  return connect(child, new ProcessGroup(child.pid, clock), child.pid);
}

function connect(child: ChildProcess, group: ProcessGroup, pid: number): LaunchedProcess {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new TypeError('Cannot read what the process prints');
  const lifeline = channel(child, LIFELINE_FD);
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => {
      lifeline.destroy();
      resolve({ how: signal === null ? `with exit code ${code ?? 0}` : `by signal ${signal}` });
    });
  });
  return {
    lines: channel(child, LINES_FD),
    messages: channel(child, MESSAGES_FD),
    stdout,
    stderr,
    exited,
    residentBytes: () => residentBytes(pid),
    end: () => group.end(),
    kill: () => group.kill(),
  };
}

function channel(child: ChildProcess, fd: number): Socket {
  const stream: unknown = child.stdio[fd];
  if (!(stream instanceof Socket)) throw new TypeError(`Cannot open channel ${fd} of the process`);
  stream.on('error', () => {});
  return stream;
}
