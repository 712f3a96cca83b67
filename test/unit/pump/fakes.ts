import type { LineBlock } from '../../../src/metric-line/line-block.ts';
import type { LineSource } from '../../../src/pump/line-source.ts';
import { lineBlock, linesOf } from '../../support/line-block.ts';

/** Lines of one monitor that wait to be drained, as many bytes at a time as the pump asks for. */
export class FakeSource implements LineSource {
  readonly monitor: string;
  readonly waiting: string[] = [];
  readonly #onReadable: (source: LineSource) => void;

  constructor(monitor: string, onReadable: (source: LineSource) => void = () => {}) {
    this.monitor = monitor;
    this.#onReadable = onReadable;
  }

  emit(...lines: readonly string[]): void {
    const wasEmpty = this.waiting.length === 0;
    this.waiting.push(...lines);
    if (wasEmpty && lines.length > 0) this.#onReadable(this);
  }

  drain(maxBytes: number): LineBlock | undefined {
    const lines: string[] = [];
    for (let bytes = 0; bytes < maxBytes && this.waiting.length > 0;) {
      const line = this.waiting.shift() ?? '';
      lines.push(line);
      bytes += line.length + 1;
    }
    return lines.length === 0 ? undefined : lineBlock(this.monitor, lines);
  }
}

/** Where lines end: a spool or the metric logs. `gate` holds it up until it resolves; `fails` makes it reject. */
export class FakeSink {
  readonly blocks: LineBlock[] = [];
  flushes = 0;
  gate: Promise<void> = Promise.resolve();
  fails = false;

  async append(blocks: readonly LineBlock[]): Promise<void> {
    this.blocks.push(...blocks);
    await this.gate;
    if (this.fails) throw new Error('it broke its contract');
  }

  write(blocks: readonly LineBlock[]): Promise<void> {
    return this.append(blocks);
  }

  async flush(): Promise<void> {
    this.flushes += 1;
  }

  linesOf(monitor: string): string[] {
    return linesOf(this.blocks.filter((block) => block.monitor === monitor));
  }

  get lines(): string[] {
    return linesOf(this.blocks);
  }
}
