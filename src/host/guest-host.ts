import type { Clock } from '../clock/clock.ts';
import type { LineBlock } from '../metric-line/line-block.ts';
import { BoundedDiagnostics } from './bounded-diagnostics.ts';
import { parseGuestMessage, type Failure, type GuestMessage } from './guest-message.ts';
import type { Guest, GuestDeath } from './guest.ts';
import { encodeHostMessage, type GuestSetup } from './host-message.ts';
import type { HostPlace } from './host-place.ts';
import type {
  Diagnostic,
  GatherOutcome,
  HostExit,
  HostListener,
  MonitorHost,
  StartOutcome,
} from './monitor-host.ts';
import { PrintedLines } from './printed-lines.ts';

export interface GuestHostOptions {
  readonly guest: Guest;
  readonly setup: GuestSetup;
  readonly listener: HostListener;
  readonly clock: Clock;
}

/** The conversation with a guest, the same for threads and processes: who waits for which answer, and how it ended. */
export class GuestHost implements MonitorHost {
  readonly exited: Promise<HostExit>;
  readonly #guest: Guest;
  readonly #setup: GuestSetup;
  readonly #listener: HostListener;
  readonly #clock: Clock;
  readonly #diagnostics: BoundedDiagnostics<Diagnostic>;
  readonly #printed: Readonly<Record<'stdout' | 'stderr', PrintedLines>>;
  #settleExited: (exit: HostExit) => void = () => {};
  #answerStart: ((outcome: StartOutcome) => void) | undefined;
  #answerGather: ((outcome: GatherOutcome) => void) | undefined;
  #isStarted = false;
  #isReadable = false;
  /** What the guest said when it ended. */
  #ending: HostExit | undefined;
  /** What the plugin threw outside of a gather, which the guest most likely died of. */
  #crash: Failure | undefined;
  /** Why this side ended it. */
  #killed: string | undefined;
  #exit: HostExit | undefined;

  constructor(options: GuestHostOptions) {
    this.#guest = options.guest;
    this.#setup = options.setup;
    this.#listener = options.listener;
    this.#clock = options.clock;
    this.#diagnostics = new BoundedDiagnostics({
      clock: options.clock,
      deliver: (diagnostic) => this.#listener.onDiagnostic(diagnostic),
      summarize: (message) => ({ ...message, origin: 'log' }),
    });
    this.#printed = { stdout: this.#printedLines('stdout'), stderr: this.#printedLines('stderr') };
    this.exited = new Promise((resolve) => {
      this.#settleExited = resolve;
    });
  }

  get place(): HostPlace {
    return this.#guest.place;
  }

  start(): Promise<StartOutcome> {
    if (this.#isStarted) throw new Error('Cannot start a host twice: make a new one');
    this.#isStarted = true;
    return new Promise((resolve) => {
      this.#answerStart = resolve;
      this.#startGuest();
    });
  }

  gather(): Promise<GatherOutcome> {
    return this.#request('gather');
  }

  run(): Promise<GatherOutcome> {
    return this.#request('run');
  }

  async stop(graceMs: number): Promise<void> {
    if (!this.#isStarted) this.#endUnstarted('stopped');
    if (this.#exit !== undefined) return;
    this.#guest.send(encodeHostMessage({ type: 'stop' }));
    const cancel = this.#clock.schedule(() => {
      this.#killed ??= `Ended by force: it did not stop within ${graceMs} ms`;
      this.#guest.end();
    }, graceMs);
    await this.exited;
    cancel();
  }

  kill(): void {
    if (!this.#isStarted) this.#endUnstarted('killed');
    if (this.#exit !== undefined) return;
    this.#killed ??= 'Ended by force';
    this.#guest.kill();
  }

  drain(maxBytes: number): LineBlock | undefined {
    const block = this.#drainGuest(maxBytes);
    if (block === undefined) this.#isReadable = false;
    return block;
  }

  #startGuest(): void {
    try {
      this.#guest.start({
        onMessage: (text) => this.#onMessage(text),
        onReadable: () => this.#onReadable(),
        onPrinted: (origin, chunk) => this.#printed[origin].push(chunk),
        onDeath: (death) => this.#onDeath(death),
      });
      this.#guest.send(encodeHostMessage({ type: 'start', ...this.#setup }));
    } catch (error) {
      this.#finish({ reason: 'crashed', message: `Cannot start the host: ${String(error)}` });
    }
  }

  #endUnstarted(reason: 'stopped' | 'killed'): void {
    this.#isStarted = true;
    this.#finish({ reason, message: 'Ended before it was started' });
  }

  #drainGuest(maxBytes: number): LineBlock | undefined {
    try {
      return this.#guest.drain(maxBytes);
    } catch (error) {
      this.#report('error', `Lost the lines of the monitor from here on: ${String(error)}`);
      this.#killed ??= 'Ended by force: it wrote what is no metric line into the channel of metric lines';
      // A process that is gone may have left its number to another.
      if (this.#exit === undefined) this.#guest.kill();
      return undefined;
    }
  }

  #request(type: 'gather' | 'run'): Promise<GatherOutcome> {
    if (this.#exit !== undefined) return Promise.resolve({ kind: 'exited', exit: this.#exit });
    if (this.#answerGather !== undefined || this.#answerStart !== undefined || !this.#isStarted) {
      throw new Error(`Cannot ${type}: the host is busy or not started`);
    }
    return new Promise((resolve) => {
      this.#answerGather = resolve;
      this.#guest.send(encodeHostMessage({ type }));
    });
  }

  #onMessage(text: unknown): void {
    const message = parseGuestMessage(text);
    if (message === undefined) {
      this.#report('warn', 'Ignored a message of the host that could not be understood');
    } else {
      this.#handle(message);
    }
  }

  #handle(message: GuestMessage): void {
    switch (message.type) {
      case 'started':
        this.#settleStart({ kind: 'started', description: message.description });
        return;
      case 'bad-configuration': {
        const { type: kind, ...rest } = message;
        this.#settleStart({ kind, ...rest });
        return;
      }
      case 'start-failed': {
        const { type: _type, ...failure } = message;
        this.#settleStart({ kind: 'failed', ...failure });
        return;
      }
      case 'done':
        this.#settleGather(gatherOutcome(message.failure));
        return;
      case 'diagnostic': {
        const { type: _type, ...diagnostic } = message;
        this.#listener.onDiagnostic({ ...diagnostic, origin: 'log' });
        return;
      }
      case 'crash': {
        const { type: _type, ...failure } = message;
        this.#crash = failure;
        return;
      }
      case 'ending':
        this.#ending = { reason: message.reason, message: message.message };
        return;
    }
  }

  #settleStart(outcome: StartOutcome): void {
    this.#answerStart?.(outcome);
    this.#answerStart = undefined;
  }

  #settleGather(outcome: GatherOutcome): void {
    this.#answerGather?.(outcome);
    this.#answerGather = undefined;
  }

  #onReadable(): void {
    if (this.#isReadable) return;
    this.#isReadable = true;
    this.#listener.onReadable();
  }

  #onDeath(seen: GuestDeath): void {
    const death = seen.reason === 'crashed' ? { ...seen, ...this.#crash } : seen;
    this.#printed.stdout.end();
    this.#printed.stderr.end();
    if (death.stack !== undefined) this.#report('error', death.message, death.stack);
    this.#diagnostics.flush();
    const killed =
      this.#killed === undefined ? undefined : ({ reason: 'killed', message: this.#killed } as const);
    this.#finish(this.#ending ?? killed ?? { reason: death.reason, message: death.message });
  }

  #finish(exit: HostExit): void {
    this.#exit = exit;
    this.#settleStart({ kind: 'failed', message: exit.message });
    this.#settleGather({ kind: 'exited', exit });
    this.#settleExited(exit);
  }

  #printedLines(origin: 'stdout' | 'stderr'): PrintedLines {
    const level = origin === 'stdout' ? 'info' : 'warn';
    return new PrintedLines((message) => {
      this.#diagnostics.report({ level, message, timeMs: this.#clock.now(), origin });
    });
  }

  #report(level: Diagnostic['level'], message: string, stack?: string): void {
    const timeMs = this.#clock.now();
    this.#diagnostics.report({
      level,
      message,
      timeMs,
      origin: 'log',
      ...(stack === undefined ? {} : { stack }),
    });
  }
}

function gatherOutcome(failure: Failure | undefined): GatherOutcome {
  return failure === undefined ? { kind: 'ok' } : { kind: 'failed', ...failure };
}
