import { describe, expect, it } from 'vitest';
import { parseSummary } from './parse-summary.ts';

describe('parseSummary', () => {
  it.each([null, [], {}, 'OK', { node: {} }, { node: null, pods: [] }])(
    'does not take %j for a summary',
    (answer) => {
      expect(parseSummary(answer)).toBeUndefined();
    },
  );
});
