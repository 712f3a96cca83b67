import type { Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import type { LineBlock } from '../../metric-line/line-block.ts';
import type { Guest, GuestDeath, GuestEvents } from '../guest.ts';
import { closed, handOverPrinted } from '../hand-over-printed.ts';
import type { HostPlace } from '../host-place.ts';
import type { Launch, LaunchedProcess, ProcessExit } from './launched-process.ts';
import { MessageLines } from './message-lines.ts';
import { ProcessLines } from './process-lines.ts';

const MEBIBYTE = 1024 * 1024;
const MEMORY_CHECK_MS = 1000;

/** How long the last words of a dead process are waited for: what it started may hold its channels open. */
const LAST_WORDS_DEADLINE_MS = 500;

/** A process that closes its messages is about to end; one that has not done so after this time never will. */
const END_AFTER_CLOSE_MS = 1000;

export interface ProcessGuestOptions {
  /** Name of the monitor instance, `module(id)`. */
  readonly monitor: string;
  readonly launch: Launch;
  /** Whom it shares the process with. */
  readonly shared?: HostPlace['shared'];
  /** Most memory in RAM; a process that has more is ended. */
  readonly residentLimitBytes: number;
  readonly clock: Clock;
}

/** A guest in a process of its own, which leads a process group of its own. */
export class ProcessGuest implements Guest {
  readonly #options: ProcessGuestOptions;
  /** Messages from before the process was there. */
  readonly #unsent: string[] = [];
  #process: LaunchedProcess | undefined;
  #lines: ProcessLines | undefined;
  #isUnwanted = false;
  #hasExited = false;
  #death: GuestDeath | undefined;
  readonly #cancelTimers: (() => void)[] = [];

  constructor(options: ProcessGuestOptions) {
    this.#options = options;
  }

  get place(): HostPlace {
    const { shared } = this.#options;
    return { kind: 'process', ...(shared !== undefined && { shared }) };
  }

  start(events: GuestEvents): void {
    this.#options.launch().then(
      (launched) => this.#connect(launched, events),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        events.onDeath({ reason: 'crashed', message });
      },
    );
  }

  send(text: string): void {
    if (this.#process === undefined) this.#unsent.push(text);
    else if (this.#process.messages.writable) this.#process.messages.write(`${text}\n`);
  }

  end(): void {
    this.#isUnwanted = true;
    const cancel = this.#process?.end();
    if (cancel !== undefined) this.#cancelTimers.push(cancel);
  }

  kill(): void {
    this.#isUnwanted = true;
    this.#process?.kill();
  }

  drain(maxBytes: number): LineBlock | undefined {
    return this.#lines?.drain(maxBytes);
  }

  #connect(launched: LaunchedProcess, events: GuestEvents): void {
    const { monitor, clock } = this.#options;
    const { lines, messages } = launched;
    this.#process = launched;
    this.#receive(messages, events);
    this.#lines = new ProcessLines(lines, { monitor, clock, onReadable: () => events.onReadable() });
    const lastWords = Promise.all([this.#handOver(launched, events), this.#endAfterClose(messages)]);
    void launched.exited.then((exit) => this.#afterExit(lastWords, events, exit));
    this.#watchMemory(launched);
    // Told to start, it could say that it has before it is gone.
    if (this.#isUnwanted) launched.kill();
    else for (const text of this.#unsent.splice(0)) this.send(text);
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

  /** Resolves when the messages are closed. A process that closed them and lives on cannot be talked to any more. */
  async #endAfterClose(messages: Socket): Promise<void> {
    await closed(messages);
    if (this.#hasExited) return;
    const cancel = this.#options.clock.schedule(() => {
      this.#death ??= {
        reason: 'crashed',
        message: 'Ended by force: it closed the channel that its host is talked to through',
      };
      this.kill();
    }, END_AFTER_CLOSE_MS);
    this.#cancelTimers.push(cancel);
  }

  #handOver({ stdout, stderr }: LaunchedProcess, events: GuestEvents): Promise<unknown> {
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

  async #afterExit(lastWords: Promise<unknown>, events: GuestEvents, exit: ProcessExit): Promise<void> {
    this.#hasExited = true;
    for (const cancel of this.#cancelTimers.splice(0)) cancel();
    this.kill();
    await Promise.all([this.#lines?.takeRest(exit.unsent), this.#atMost(LAST_WORDS_DEADLINE_MS, lastWords)]);
    this.#process?.messages.destroy();
    if (this.#lines?.hasRest === true) events.onReadable();
    events.onDeath(this.#death ?? { reason: 'crashed', message: `Ended ${exit.how}` });
  }

  async #atMost(deadlineMs: number, work: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    void work.finally(() => over.abort());
    await this.#options.clock.sleep(deadlineMs, over.signal);
  }

  #watchMemory(launched: LaunchedProcess): void {
    const { clock, residentLimitBytes } = this.#options;
    const check = (): void => {
      const bytes = launched.residentBytes() ?? 0;
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

function outOfMemory(what: string): GuestDeath {
  return { reason: 'out-of-memory', message: `Out of memory: ${what}` };
}
