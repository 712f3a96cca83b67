import { isAscii } from 'node:buffer';
import type { LineBlock } from '../metric-line/line-block.ts';
import type { OwnedLines } from './log-lines.ts';
import type { RateLimiter } from './rate-limit.ts';

/** What the limiter let through, in order and with its warnings, and how many lines it did not. */
export interface LimitedLines {
  readonly accepted: readonly OwnedLines[];
  readonly rateLimited: number;
}

/** All lines of a block, unlooked at: the way when there is no limit. */
export function allLines(block: LineBlock): LimitedLines {
  const { monitor, text } = block;
  return { accepted: [{ monitor, text, lengths: block.lengths.subarray(0, block.count) }], rateLimited: 0 };
}

/** Offers each line of a block to the limiter. `nowMs` is monotonic. */
export function limitLines(block: LineBlock, limiter: RateLimiter, nowMs: number): LimitedLines {
  const accepted: OwnedLines[] = [];
  const run = new OpenRun(block, accepted);
  const ascii = isAscii(block.text);
  let rateLimited = 0;
  let offset = 0;
  for (let line = 0; line < block.count; line++) {
    const end = offset + (block.lengths[line] ?? 0);
    const characters = ascii ? end - 1 - offset : countCodePoints(block.text, offset, end - 1);
    const verdict = limiter.offer(characters, nowMs);
    if (verdict.kind === 'dropped') {
      run.closeBefore(line, offset);
      run.openAfter(line, end);
      rateLimited += 1;
    } else if (verdict.kind === 'accepted-after-drops') {
      accepted.push(warningLine(verdict.warning));
    }
    offset = end;
  }
  run.closeBefore(block.count, offset);
  return { accepted, rateLimited };
}

/** Accepted lines that stand side by side in the block, so that they are passed on without a copy. */
class OpenRun {
  readonly #block: LineBlock;
  readonly #closed: OwnedLines[];
  #line = 0;
  #offset = 0;

  constructor(block: LineBlock, closed: OwnedLines[]) {
    this.#block = block;
    this.#closed = closed;
  }

  closeBefore(line: number, offset: number): void {
    if (line === this.#line) return;
    const { monitor, lengths, text } = this.#block;
    this.#closed.push({
      monitor,
      lengths: lengths.subarray(this.#line, line),
      text: text.subarray(this.#offset, offset),
    });
  }

  openAfter(line: number, end: number): void {
    this.#line = line + 1;
    this.#offset = end;
  }
}

function warningLine(warning: string): OwnedLines {
  const text = Buffer.from(`${warning}\n`);
  return { monitor: undefined, text, lengths: Uint32Array.of(text.length) };
}

/** The limit is in characters; in UTF-8 every one of them has one byte that is not a continuation. */
function countCodePoints(text: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if (((text[at] ?? 0) & 0xc0) !== 0x80) count += 1;
  }
  return count;
}
