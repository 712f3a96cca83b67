import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** A running process for one monitor, with this side's ends of its channels (see docs/host-protocol.md). */
export interface LaunchedProcess {
  /** Metric lines, from the process. */
  readonly lines: Socket;
  /** Messages, both ways. */
  readonly messages: Socket;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the process is gone. */
  readonly exited: Promise<ProcessExit>;
  /** Memory in RAM that the monitor accounts for; undefined where the system does not tell. */
  residentBytes(): number | undefined;
  /** SIGTERM to the process and all that it started, SIGKILL half a second later. Returns what cancels the second. */
  end(): () => void;
  /** SIGKILL to the process and all that it started. Does no harm when it is gone. */
  kill(): void;
}

/** How a process ended: `with exit code 3`, `by signal SIGSEGV`. */
export interface ProcessExit {
  readonly how: string;
  /** Bytes of the channel of lines that the process had no time to send. */
  readonly unsent?: UnsentBytes;
}

/** The end of a stream of bytes that was sent another way. It may overlap with what did arrive. */
export interface UnsentBytes {
  /** How many bytes of the stream come before them. */
  readonly offset: number;
  readonly bytes: Buffer;
}

/** Starts the process. Rejects with an Error that says why there is none. */
export type Launch = () => Promise<LaunchedProcess>;
