import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/clock/system-clock.ts';

const LOOK_EVERY_MS = 20;
/** When nothing has arrived for so long, nothing will. */
const PATIENCE_MS = 30_000;

/** What a receiver has got so far. */
export interface ReceiverReport {
  readonly url: string;
  readonly points: number;
  readonly requests: number;
  /** Bodies as they were sent, compressed or not. */
  readonly bodyBytes: number;
}

/** An OTLP receiver in another process, which takes everything and decodes just enough to count it. */
export class BenchReceiver {
  readonly url: string;
  readonly #process: ChildProcess;

  static async start(): Promise<BenchReceiver> {
    const child = fork(fileURLToPath(new URL('receiver-process.js', import.meta.url)));
    const [report] = (await once(child, 'message')) as [ReceiverReport];
    return new BenchReceiver(child, report.url);
  }

  private constructor(child: ChildProcess, url: string) {
    this.#process = child;
    this.url = url;
  }

  async report(): Promise<ReceiverReport> {
    const answer = once(this.#process, 'message');
    this.#process.send('report');
    const [report] = (await answer) as [ReceiverReport];
    return report;
  }

  /** Waits until so many points have arrived; rejects when no more of them come. */
  async reaches(points: number): Promise<ReceiverReport> {
    let report = await this.report();
    let movedMs = systemClock.monotonic();
    while (report.points < points) {
      await systemClock.sleep(LOOK_EVERY_MS);
      const next = await this.report();
      if (next.points > report.points) movedMs = systemClock.monotonic();
      else if (systemClock.monotonic() - movedMs > PATIENCE_MS)
        throw new Error(`The receiver has ${next.points} points and gets no more; wanted ${points}`);
      report = next;
    }
    return report;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
