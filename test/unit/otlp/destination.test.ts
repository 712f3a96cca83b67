import { expect, it } from 'vitest';
import { destinationOf } from '../../../src/otlp/destination.ts';
import { lineOf, parsed } from './support/lines.ts';

const BOTH = ['metrics', 'logs'] as const;
const METRICS = ['metrics'] as const;
const LOGS = ['logs'] as const;

it.each([
  ['a number', 'm 1.5', BOTH, 'logs', 'metrics'],
  ['a number', 'm 1.5', LOGS, 'logs', 'signal_off'],
  ['true', 'm true', BOTH, 'drop', 'metrics'],
  ['null', 'm null', BOTH, 'logs', 'not_a_number'],
  ['null', 'm null', LOGS, 'logs', 'signal_off'],
  ['NaN as other encoders write it', 'm NaN', BOTH, 'logs', 'not_a_number'],
  ['a number larger than any double', 'm 1e400', BOTH, 'logs', 'not_a_number'],
  ['a whole number larger than any double', `m ${'9'.repeat(310)}`, BOTH, 'logs', 'not_a_number'],
  ['a large number', 'm 1.5e300', BOTH, 'logs', 'metrics'],
  ['a text value', 'm "x"', BOTH, 'logs', 'logs'],
  ['a text value', 'm "x"', METRICS, 'logs', 'signal_off'],
  ['a text value', 'm "x"', BOTH, 'info', 'metrics'],
  ['a text value', 'm "x"', METRICS, 'info', 'metrics'],
  ['a text value', 'm "x"', LOGS, 'info', 'signal_off'],
  ['a text value', 'm "x"', BOTH, 'drop', 'text_dropped'],
  ['free text', 'hello, world', BOTH, 'drop', 'logs'],
  ['free text', 'hello, world', METRICS, 'info', 'signal_off'],
] as const)(
  'sends %s (%s) to a backend that takes %j with text: %j to %j',
  (_, content, signals, text, to) => {
    expect(destinationOf(parsed(lineOf(content)), { signals, text })).toBe(to);
  },
);

it('sends a line that cannot be taken apart where free text goes', () => {
  expect(destinationOf(undefined, { signals: BOTH, text: 'logs' })).toBe('logs');
});
