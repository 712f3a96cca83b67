import { expect, it } from 'vitest';
import { toUcum } from '../../../src/otlp/unit.ts';

it.each([
  ['sec', 's'],
  ['Seconds', 's'],
  ['milliseconds', 'ms'],
  ['bytes', 'By'],
  [' kilobytes ', 'kBy'],
  ['percent', '%'],
  ['widgets', 'widgets'],
  [undefined, ''],
])('translates the unit %j to %j', (unit, ucum) => {
  expect(toUcum(unit)).toBe(ucum);
});
