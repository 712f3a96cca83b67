import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allLines, limitLines } from '../../../src/metric-log/limit-lines.ts';
import type { OwnedLines } from '../../../src/metric-log/log-lines.ts';
import { RateLimiter } from '../../../src/metric-log/rate-limit.ts';
import { lineBlock } from '../../support/line-block.ts';

function texts(parts: readonly OwnedLines[]): [string | undefined, string][] {
  return parts.map(({ monitor, text }) => [monitor, text.toString()]);
}

describe('limitLines', () => {
  it('passes lines that stand side by side on together, with the warning between them', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 110, writeRate: 110 });
    limitLines(lineBlock('m(1)', ['x'.repeat(110), 'dropped']), limiter, 0);
    const { accepted, rateLimited } = limitLines(
      lineBlock('m(1)', ['one', 'two', 'x'.repeat(100), 'four']),
      limiter,
      1000,
    );
    expect(rateLimited).toBe(2);
    expect(texts(accepted)).toEqual([
      [
        undefined,
        '.... Warning, skipped writing 1 log lines due to limit set by `monitor_log_write_rate` option...\n',
      ],
      ['m(1)', 'one\ntwo\n'],
    ]);
  });

  it('charges characters, not bytes, and not the final line break', () => {
    const limiter = new RateLimiter({ maxWriteBurst: 4, writeRate: 0 });
    const { accepted, rateLimited } = limitLines(lineBlock('m(1)', ['é漢', '😀\n', 'x']), limiter, 0);
    expect(texts(accepted)).toEqual([['m(1)', 'é漢\n😀\n\n']]);
    expect(rateLimited).toBe(1);
  });

  it('accounts for every line, and changes nothing in those it lets through', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 20 }),
        fc.nat(300),
        (lines, maxWriteBurst) => {
          const block = lineBlock('m(1)', lines);
          const limiter = new RateLimiter({ maxWriteBurst, writeRate: 0 });
          const { accepted, rateLimited } = limitLines(block, limiter, 0);
          const own = accepted.filter(({ monitor }) => monitor === 'm(1)');
          const count = own.reduce((sum, { lengths }) => sum + lengths.length, 0);
          expect(count + rateLimited).toBe(lines.length);
          for (const { lengths, text } of own) {
            expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(text.length);
            expect(block.text.includes(text)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('allLines', () => {
  it('passes the block on without a copy', () => {
    const block = lineBlock('m(1)', ['one', 'two']);
    const { accepted, rateLimited } = allLines(block);
    expect(accepted).toHaveLength(1);
    expect(accepted[0]?.text).toBe(block.text);
    expect(rateLimited).toBe(0);
  });
});
