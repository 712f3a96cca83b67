import { describe, expect, it } from 'vitest';
import { splitRecords } from '../../../src/metric-line/split-records.ts';

const first = '2023-11-14 22:13:20.123Z [m()] x 1\n';
const second = '2023-11-14 22:13:20.124Z [n(2)] y 2\n';

describe('splitRecords', () => {
  it('gives one record for each line that starts with a timestamp and a monitor', () => {
    expect(splitRecords(first + second)).toEqual([first, second]);
  });

  it('lets any other line continue the record before it', () => {
    const text =
      '2023-11-14 22:13:20.123Z [m()] Traceback:\n  at x\n\n2023-11-14 22:13:21.000Z INFO [core] text\n';
    expect(splitRecords(text + second)).toEqual([text, second]);
  });

  it('lets the warning of the rate limiter stand by itself', () => {
    const warning =
      '.... Warning, skipped writing 6 log lines due to limit set by `monitor_log_write_rate` option...\n';
    expect(splitRecords(first + warning + second)).toEqual([first, warning, second]);
    expect(splitRecords(`${first + warning}more\n`)).toEqual([first, warning, 'more\n']);
  });

  it('keeps what stands before the first record, and a last line that has no end yet', () => {
    expect(splitRecords(`rest of a line\n${first}2023-11-14 22:13`)).toEqual([
      'rest of a line\n',
      `${first}2023-11-14 22:13`,
    ]);
  });

  it('finds nothing in nothing', () => {
    expect(splitRecords('')).toEqual([]);
  });
});
