import { describe, expect, it } from 'vitest';
import { encodeGuestMessage, parseGuestMessage, type GuestMessage } from '../../../src/host/guest-message.ts';
import { encodeHostMessage, parseHostMessage, type HostMessage } from '../../../src/host/host-message.ts';
import { Float } from '../../../src/metric-line/float.ts';

const START: HostMessage = {
  type: 'start',
  pluginUrl: 'file:///plugins/coin.mjs',
  module: 'my.coin',
  id: '1',
  config: { module: 'my.coin', mean: new Float(1) },
  defaultSampleIntervalSecs: 30,
  globalRateMetricNames: ['coin:count'],
  debugLevel: 0,
  memoryLimitBytes: 268_435_456,
};

const STARTED: GuestMessage = {
  type: 'started',
  description: {
    description: 'Throws a coin.',
    drivesItself: false,
    disabled: false,
    sampleIntervalSecs: 30,
    metricLog: {
      path: 'coin.log',
      writeRate: 2000,
      maxWriteBurst: 100_000,
      flushDelaySecs: 0,
      rotationMaxBytes: 1,
    },
    metrics: [{ name: 'uniform', description: 'A number.', unit: 'sec', cumulative: true }],
  },
};

describe('a message to a guest', () => {
  it.each<HostMessage>([START, { type: 'gather' }, { type: 'run' }, { type: 'stop' }])(
    'arrives as it was sent: $type',
    (message) => {
      expect(parseHostMessage(encodeHostMessage(message))).toEqual(message);
    },
  );

  it.each([
    ['no text', 7],
    ['no JSON', '{'],
    ['no object', '[]'],
    ['an unknown type', '{"type":"dance"}'],
    ['a start without its fields', '{"type":"start"}'],
    ['a start with a field of the wrong type', encodeHostMessage(START).replace('"1"', '1')],
  ])('is not understood when it is %s', (_title, text) => {
    expect(parseHostMessage(text)).toBeUndefined();
  });
});

describe('a message from a guest', () => {
  it.each<GuestMessage>([
    STARTED,
    { type: 'bad-configuration', message: 'Missing required field "x"', field: 'x' },
    { type: 'start-failed', message: 'no', stack: 'Error: no\n    at x.ts:1:1' },
    { type: 'done' },
    { type: 'done', failure: { message: 'no answer' } },
    {
      type: 'diagnostic',
      level: 'warn',
      message: 'warm',
      timeMs: 5,
      errorCode: 'client/warm',
      stack: 's',
      location: 'x:1',
    },
    { type: 'crash', message: 'thrown' },
    { type: 'ending', reason: 'finished', message: 'Its run() returned' },
  ])('arrives as it was sent: $type', (message) => {
    expect(parseGuestMessage(encodeGuestMessage(message))).toEqual(message);
  });

  it.each([
    ['no fields', '{"type":"started","description":{}}'],
    ['a metric without a name', encodeGuestMessage(STARTED).replace('"name":"uniform",', '')],
    ['a metric log without a path', encodeGuestMessage(STARTED).replace('"path":"coin.log",', '')],
    ['an interval that is no number', encodeGuestMessage(STARTED).replace('Secs":30', 'Secs":null')],
  ])('is a failed start when it describes the monitor with %s', (_title, text) => {
    expect(parseGuestMessage(text)).toEqual({
      type: 'start-failed',
      message:
        'Cannot start the monitor: what it says about itself is not complete; wanted interval, metric log and metrics',
    });
  });

  it.each([
    ['no text', null],
    ['no JSON', 'hello'],
    ['an unknown type', '{"type":"dance"}'],
    ['a diagnostic of an unknown level', '{"type":"diagnostic","level":"loud","message":"m","timeMs":1}'],
    ['an ending without a reason', '{"type":"ending","message":"m"}'],
    ['a failure without a message', '{"type":"start-failed"}'],
  ])('is not understood when it is %s', (_title, text) => {
    expect(parseGuestMessage(text)).toBeUndefined();
  });
});
