import { expect, it } from 'vitest';
import { didYouMean } from '../../../src/config/did-you-mean.ts';

it.each([
  ['endpont', 'did you mean "endpoint"?'],
  ['Headers', 'did you mean "headers"?'],
  ['tl', 'did you mean "tls"?'],
  ['xyz', undefined],
  ['e'.repeat(100_000), undefined],
])('didYouMean: %s', (name, hint) => {
  expect(didYouMean(name, ['endpoint', 'headers', 'tls', 'timeout'])).toBe(hint);
});
