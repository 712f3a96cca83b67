import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../../src/scheduler/diagnostics.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingLogger } from '../../support/recording-logger.ts';

function makeDiagnostics() {
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  return { clock, logger, diagnostics: new Diagnostics('fake(1)', { clock, logger }) };
}

describe('Diagnostics', () => {
  it('passes what the plugin logs and prints on under the name of the monitor', () => {
    const { logger, diagnostics } = makeDiagnostics();
    diagnostics.forward({
      level: 'warn',
      message: 'slow',
      timeMs: 1,
      errorCode: 'client/slow',
      location: 'fake:17',
      origin: 'log',
    });
    diagnostics.forward({ level: 'error', message: 'boom', timeMs: 2, stack: 'Error: boom', origin: 'log' });
    diagnostics.forward({ level: 'info', message: 'a print', timeMs: 3, origin: 'stdout' });
    expect(logger.records).toEqual([
      {
        level: 'warn',
        message: 'slow',
        context: { monitor: 'fake(1)', location: 'fake:17', errorCode: 'client/slow' },
      },
      { level: 'error', message: 'boom', context: { monitor: 'fake(1)', stack: 'Error: boom' } },
      { level: 'info', message: 'a print', context: { monitor: 'fake(1)', origin: 'stdout' } },
    ]);
  });

  it('leaves out what is too much for a minute, and says how much it was', async () => {
    const { clock, logger, diagnostics } = makeDiagnostics();
    const message = 'x'.repeat(1000);
    for (let n = 0; n < 1000; n++)
      diagnostics.forward({ level: 'error', message, timeMs: n, origin: 'stderr' });
    expect(logger.messages('error')).toHaveLength(120);
    await clock.advance(60_000);
    diagnostics.forward({ level: 'error', message: 'calm again', timeMs: 0, origin: 'stderr' });
    expect(logger.messages('warn')).toEqual([
      'Left out 880 messages of this monitor: it logged or printed more than 120000 characters in a minute',
    ]);
    expect(logger.messages('error').at(-1)).toBe('calm again');
  });
});
