import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

export interface CommandOptions {
  readonly timeoutSecs: number;
  /** Ends the command, and all that it started, when it aborts. */
  readonly signal: AbortSignal;
}

/** How a command ended. */
export interface CommandResult {
  /** What it wrote to stderr, an empty line, and what it wrote to stdout; of each at most 1 MiB. */
  readonly output: string;
  /** Below zero: the number of the signal that ended it. */
  readonly exitCode: number;
  readonly timedOut: boolean;
}

/** Bytes of stdout, and of stderr, that are kept; the rest is read and thrown away. */
const MOST_OUTPUT_BYTES = 1_048_576;

/** Milliseconds from SIGTERM to SIGKILL, and from there until nobody waits for the output any more. */
const GRACE_MS = 1000;

/**
 * Runs a command with `/bin/sh`, without input, and waits until it and everything it started has closed its output.
 * After the timeout, its whole process group is ended. Rejects when it cannot be started.
 */
export async function runCommand(command: string, options: CommandOptions): Promise<CommandResult> {
  const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? -(signal === null ? 0 : constants.signals[signal])));
  });
  const { end, wasTimedOut } = endInTime(child, options);
  try {
    const [exitCode, stdout, stderr] = await Promise.all([closed, keep(child.stdout), keep(child.stderr)]);
    const output = stderr === '' ? stdout : `${stderr}\n${stdout}`;
    return { output, exitCode, timedOut: wasTimedOut() };
  } finally {
    end();
  }
}

/** Ends the process group of the command when it is time. `end` gives that up. */
function endInTime(child: ChildProcess, { timeoutSecs, signal }: CommandOptions) {
  const timers: NodeJS.Timeout[] = [];
  let timedOut = false;
  const kill = (): void => {
    killGroup(child, 'SIGTERM');
    timers.push(setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS));
    // A process that left the group may hold the output open for ever.
    timers.push(
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), 2 * GRACE_MS),
    );
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutSecs * 1000);
  timers.push(timer);
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  const end = (): void => {
    timers.forEach(clearTimeout);
    signal.removeEventListener('abort', kill);
  };
  return { end, wasTimedOut: () => timedOut };
}

function killGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** The beginning of what comes out, as UTF-8; what came before the stream was destroyed. */
async function keep(stream: Readable): Promise<string> {
  return text(beginningOf(stream));
}

async function* beginningOf(stream: Readable): AsyncGenerator<Buffer> {
  let kept = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, MOST_OUTPUT_BYTES - kept);
      kept += part.length;
      if (part.length > 0) yield part;
    }
  } catch (error) {
    if (!stream.destroyed) throw error;
  }
}
