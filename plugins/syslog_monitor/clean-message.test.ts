import * as fc from 'fast-check';
import { Losses } from 'scalyr-otel-bridge';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../src/metric-line/parse-line.ts';
import { splitRecords } from '../../src/metric-line/split-records.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { cleanMessage, priorityOf } from './clean-message.ts';
import { Intake } from './intake.ts';
import { lossTexts } from './loss-texts.ts';
import { SyslogMonitor } from './syslog_monitor.ts';

/** Bytes of every kind: any, and such as one would send to forge a line or a value. */
const messages = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(
      fc.oneof(
        fc.constantFrom('<13>', '<', '>', 'disk 5', ' "a"', 'x=1', '\n', '\r', '\0', '\u0085', '\u2028'),
        fc.constantFrom('2026-01-01 00:00:00.000Z [m()] m 5', '.... Warning, skipped writing '),
        fc.string({ unit: 'binary' }),
      ),
    )
    .map((parts) => Buffer.from(parts.join(''))),
);

describe.each([false, true])('a message, with parse_messages %j', (parses) => {
  function linesOf(sent: readonly Buffer[]): RecordingContext {
    const context = new RecordingContext({ module: 'syslog_monitor' });
    const { logger } = new SyslogMonitor(context);
    const intake = new Intake({ logger, parses, losses: new Losses(lossTexts) });
    for (const bytes of sent) intake.take(bytes);
    return context;
  }

  it('is never taken for a metric, whatever it holds', () => {
    fc.assert(
      fc.property(messages, (bytes) => {
        const { lines, signals } = linesOf([bytes]);
        const kinds = lines.map((line) => parseLine(line)?.metric?.value.kind ?? 'text');
        expect(kinds.filter((kind) => kind !== 'text' && kind !== 'string')).toEqual([]);
        expect(signals.filter((signal) => signal !== 'logs')).toEqual([]);
      }),
    );
  });

  it('is one record of the log, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(messages), (sent) => {
        const { lines } = linesOf(sent);
        expect(splitRecords(lines.join(''))).toEqual(lines);
        expect(lines).toHaveLength(sent.filter((bytes) => cleanMessage(bytes) !== undefined).length);
      }),
    );
  });
});

describe('cleanMessage', () => {
  it.each([
    ['<13>a text', '<13>a text'],
    ['no priority', '<13>no priority'],
    ['disk 5', '<13>disk 5'],
    ['<191>highest', '<191>highest'],
    ['<192>too high', '<13><192>too high'],
    ['<01>a zero in front', '<13><01>a zero in front'],
    ['<13>ends\r\n', '<13>ends'],
    ['<13>ends\n\0', '<13>ends'],
    ['<13>a\nb\tc\x7f', '<13>a#012b#011c#177'],
    ['<13>\u0085\u009b31m', '<13>#205#23331m'],
    ['<13>\u2028 é 漢', '<13>\u2028 é 漢'],
  ])('makes of %j %j', (sent, clean) => {
    expect(cleanMessage(Buffer.from(sent))).toBe(clean);
  });

  it('replaces what is no UTF-8', () => {
    expect(cleanMessage(Buffer.from([0x3c, 0x31, 0x3e, 0xff, 0x61, 0xc3]))).toBe('<1>\uFFFDa\uFFFD');
  });

  it('puts a priority before the rest of a message, even when it looks as if it had one', () => {
    expect(cleanMessage(Buffer.from('<34>forged'), { isRest: true })).toBe('<13><34>forged');
  });

  it.each(['', '\n', '\r\n', '\0\0'])('leaves nothing of %j', (sent) => {
    expect(cleanMessage(Buffer.from(sent))).toBeUndefined();
  });
});

describe('priorityOf', () => {
  it('reads 0 to 191', () => {
    expect(priorityOf('<0>a')).toEqual({ priority: 0, length: 3 });
    expect(priorityOf('<191>a')).toEqual({ priority: 191, length: 5 });
    expect(priorityOf('<192>a')).toBeUndefined();
  });
});
