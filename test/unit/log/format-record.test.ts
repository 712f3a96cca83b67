import { describe, expect, it } from 'vitest';
import { formatRecord } from '../../../src/log/format-record.ts';

const WARNING = { level: 40, time: 1_700_000_000_123, msg: 'the pump is slow' };

describe('formatRecord()', () => {
  it('writes what a plugin logs as the Scalyr agent does', () => {
    const record = { ...WARNING, monitor: 'pump(1)', location: 'pump:17', errorCode: 'client/slow' };

    expect(formatRecord(record)).toBe(
      '2023-11-14 22:13:20.123Z WARNING [monitor:pump(1)] [pump:17] [error="client/slow"] the pump is slow\n',
    );
  });

  it('indents a stack trace below the message', () => {
    expect(formatRecord({ ...WARNING, stack: 'Traceback\n  line 2' })).toBe(
      '2023-11-14 22:13:20.123Z WARNING [core] the pump is slow :stack_trace:\n  Traceback\n    line 2\n',
    );
  });

  it('appends other fields', () => {
    expect(formatRecord({ ...WARNING, origin: 'stdout' })).toBe(
      '2023-11-14 22:13:20.123Z WARNING [core] the pump is slow origin="stdout"\n',
    );
  });
});
