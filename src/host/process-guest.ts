import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import type { Guest, GuestDeath, GuestEvents } from './guest.ts';
import { closed, handOverPrinted } from './hand-over-printed.ts';
import { MessageLines } from './message-lines.ts';
import { LIFELINE_FD, LINES_FD, MESSAGES_FD } from './process-channels.ts';
import { ProcessGroup, residentBytes } from './process-group.ts';
import { ProcessLines } from './process-lines.ts';

const MEBIBYTE = 1024 * 1024;
const MEMORY_CHECK_MS = 1000;

/** How long the last words of a dead process are waited for: what it started may hold its channels open. */
const LAST_WORDS_DEADLINE_MS = 500;

export interface ProcessGuestOptions {
  /** Name of the monitor instance, `module(id)`. */
  readonly monitor: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Record<string, string>;
  /** Most memory in RAM; a process that has more is ended. */
  readonly residentLimitBytes: number;
  readonly clock: Clock;
}

/** A guest in a process of its own, which leads a process group of its own. */
export class ProcessGuest implements Guest {
  readonly #options: ProcessGuestOptions;
  #group: ProcessGroup | undefined;
  #lines: ProcessLines | undefined;
  #messages: Socket | undefined;
  #death: GuestDeath | undefined;
  #cancelTimers: (() => void)[] = [];

  constructor(options: ProcessGuestOptions) {
    this.#options = options;
  }

  start(events: GuestEvents): void {
    const { command, args, environment } = this.#options;
    const stdio = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'] as const;
    const child = spawn(command, args, { detached: true, env: environment, stdio: [...stdio] });
    child.on('error', (error) => {
      if (child.pid === undefined)
        events.onDeath({ reason: 'crashed', message: `Cannot start "${command}": ${error.message}` });
    });
    // Where there was no file descriptor left for its channels, it has none of them.
    if (child.pid !== undefined) this.#connect(child, child.pid, events);
  }

  send(text: string): void {
    if (this.#messages?.writable === true) this.#messages.write(`${text}\n`);
  }

  end(): void {
    const cancel = this.#group?.end();
    if (cancel !== undefined) this.#cancelTimers.push(cancel);
  }

  kill(): void {
    this.#group?.kill();
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.#lines?.drain(maxBytes);
  }

  #connect(child: ChildProcess, pid: number, events: GuestEvents): void {
    const { monitor, clock } = this.#options;
    this.#messages = channel(child, MESSAGES_FD);
    this.#receive(this.#messages, events);
    channel(child, LIFELINE_FD);
    this.#lines = new ProcessLines(channel(child, LINES_FD), {
      monitor,
      clock,
      onReadable: () => events.onReadable(),
    });
    const lastWords = Promise.all([this.#handOver(child, events), closed(this.#messages)]);
    child.once('exit', (code, signal) => {
      void this.#afterExit(lastWords, events, crash(code, signal));
    });
    this.#group = new ProcessGroup(pid, clock);
    this.#watchMemory(pid);
  }

  #receive(socket: Socket, events: GuestEvents): void {
    const messages = new MessageLines();
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const text of messages.push(chunk)) events.onMessage(text);
      } catch (error) {
        this.#death ??= { reason: 'crashed', message: `Ended by force: ${String(error)}` };
        this.kill();
      }
    });
  }

  #handOver({ stdout, stderr }: ChildProcess, events: GuestEvents): Promise<unknown> {
    if (stdout === null || stderr === null) throw new TypeError('Cannot read what the process prints');
    let lastOfStderr = '';
    stderr.on('data', (chunk: Buffer) => {
      lastOfStderr = (lastOfStderr + chunk.toString('latin1')).slice(-4096);
      if (lastOfStderr.includes('JavaScript heap out of memory'))
        this.#death ??= outOfMemory('its heap is full');
    });
    return Promise.all([
      handOverPrinted(stdout, 'stdout', events),
      handOverPrinted(stderr, 'stderr', events),
    ]);
  }

  async #afterExit(lastWords: Promise<unknown>, events: GuestEvents, death: GuestDeath): Promise<void> {
    for (const cancel of this.#cancelTimers) cancel();
    this.#cancelTimers = [];
    this.kill();
    await Promise.all([this.#lines?.takeRest(), this.#atMost(LAST_WORDS_DEADLINE_MS, lastWords)]);
    this.#messages?.destroy();
    if (this.#lines?.hasRest === true) events.onReadable();
    events.onDeath(this.#death ?? death);
  }

  async #atMost(deadlineMs: number, work: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    void work.finally(() => over.abort());
    await this.#options.clock.sleep(deadlineMs, over.signal);
  }

  #watchMemory(pid: number): void {
    const { clock, residentLimitBytes } = this.#options;
    const check = (): void => {
      const bytes = residentBytes(pid) ?? 0;
      if (bytes <= residentLimitBytes) return;
      const [used, allowed] = [bytes, residentLimitBytes].map((size) => Math.round(size / MEBIBYTE));
      this.#death ??= outOfMemory(`its process used ${used} MiB, may use ${allowed} MiB`);
      this.kill();
    };
    let cancel = (): void => {};
    const tick = (): void => {
      check();
      cancel = clock.schedule(tick, MEMORY_CHECK_MS);
    };
    tick();
    this.#cancelTimers.push(() => cancel());
  }
}

function channel(child: ChildProcess, fd: number): Socket {
  const stream: unknown = child.stdio[fd];
  if (!(stream instanceof Socket)) throw new TypeError(`Cannot open channel ${fd} of the process`);
  stream.on('error', () => {});
  return stream;
}

function crash(code: number | null, signal: NodeJS.Signals | null): GuestDeath {
  const how = signal === null ? `with exit code ${code ?? 0}` : `by signal ${signal}`;
  return { reason: 'crashed', message: `Ended ${how}` };
}

function outOfMemory(what: string): GuestDeath {
  return { reason: 'out-of-memory', message: `Out of memory: ${what}` };
}
