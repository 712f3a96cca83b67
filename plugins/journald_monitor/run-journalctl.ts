import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface JournalctlRun {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly onOutput: (chunk: Buffer) => void;
  /** Called with each line that it writes to stderr. */
  readonly onComplaint: (line: string) => void;
  /** Ends the program, and all that it started, when it aborts. */
  readonly signal: AbortSignal;
}

/** How journalctl ended. */
export interface JournalctlEnd {
  /** Why it could not be started. */
  readonly error?: Error & { readonly code?: string };
  /** The exit code, or the name of the signal that ended it. */
  readonly status: number | string;
}

const NOT_STARTED = 'not started';

/** Milliseconds from SIGTERM to SIGKILL. */
const GRACE_MS = 1000;

/** Lines of stderr are cut off after that. */
const LONGEST_COMPLAINT = 2000;

/** Runs journalctl in a process group of its own until it ends. Never rejects. */
export async function runJournalctl(run: JournalctlRun): Promise<JournalctlEnd> {
  const { signal } = run;
  if (signal.aborted) return { status: 'SIGTERM' };
  const child = start(run.command);
  if (child instanceof Error) return { error: child, status: NOT_STARTED };
  const ended = endOf(child);
  child.stdout?.on('data', run.onOutput);
  if (child.stderr !== null) readComplaints(child.stderr.setEncoding('utf8'), run.onComplaint);
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    killGroup(child, 'SIGTERM');
    timer = setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  const end = await ended;
  signal.removeEventListener('abort', stop);
  clearTimeout(timer);
  return end;
}

function start([program = '', ...args]: readonly string[]): ChildProcess | Error {
  try {
    return spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function endOf(child: ChildProcess): Promise<JournalctlEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ error, status: NOT_STARTED }));
    child.once('close', (code, name) => resolve({ status: code ?? name ?? NOT_STARTED }));
  });
}

function readComplaints(stderr: NodeJS.ReadableStream, onComplaint: (line: string) => void): void {
  let rest = '';
  stderr.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_COMPLAINT);
    for (const line of lines) onComplaint(line.slice(0, LONGEST_COMPLAINT).trim());
  });
  stderr.on('end', () => {
    if (rest !== '') onComplaint(rest.trim());
  });
}

function killGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}
