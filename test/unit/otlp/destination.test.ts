import { expect, it } from 'vitest';
import { destinationOf } from '../../../src/otlp/destination.ts';
import { lineOf, parsed } from './support/lines.ts';

const BOTH = ['metrics', 'logs'] as const;
const METRICS = ['metrics'] as const;
const LOGS = ['logs'] as const;

it.each([
  ['a number', 'm 1.5', { signals: BOTH, text: 'logs', to: 'metrics' }],
  ['a number', 'm 1.5', { signals: LOGS, text: 'logs', to: 'signal_off' }],
  ['true', 'm true', { signals: BOTH, text: 'drop', to: 'metrics' }],
  ['null', 'm null', { signals: BOTH, text: 'logs', to: 'not_a_number' }],
  ['null', 'm null', { signals: LOGS, text: 'logs', to: 'signal_off' }],
  ['NaN as other encoders write it', 'm NaN', { signals: BOTH, text: 'logs', to: 'not_a_number' }],
  ['a number larger than any double', 'm 1e400', { signals: BOTH, text: 'logs', to: 'not_a_number' }],
  [
    'a whole number larger than any double',
    `m ${'9'.repeat(310)}`,
    { signals: BOTH, text: 'logs', to: 'not_a_number' },
  ],
  ['a large number', 'm 1.5e300', { signals: BOTH, text: 'logs', to: 'metrics' }],
  ['a text value', 'm "x"', { signals: BOTH, text: 'logs', to: 'logs' }],
  ['a text value', 'm "x"', { signals: METRICS, text: 'logs', to: 'signal_off' }],
  ['a text value', 'm "x"', { signals: BOTH, text: 'info', to: 'metrics' }],
  ['a text value', 'm "x"', { signals: METRICS, text: 'info', to: 'metrics' }],
  ['a text value', 'm "x"', { signals: LOGS, text: 'info', to: 'signal_off' }],
  ['a text value', 'm "x"', { signals: BOTH, text: 'drop', to: 'text_dropped' }],
  ['free text', 'hello, world', { signals: BOTH, text: 'drop', to: 'logs' }],
  ['free text', 'hello, world', { signals: METRICS, text: 'info', to: 'signal_off' }],
] as const)('decides about %s (%s): %j', (_, content, { signals, text, to }) => {
  expect(destinationOf(parsed(lineOf(content)), { signals, text })).toBe(to);
});

it('sends a line that cannot be taken apart where free text goes', () => {
  expect(destinationOf(undefined, { signals: BOTH, text: 'logs' })).toBe('logs');
});
