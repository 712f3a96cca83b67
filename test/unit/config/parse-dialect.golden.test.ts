import { describe, expect, it } from 'vitest';
import { plainValue } from '../../../src/config/config-node.ts';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import { DIALECT_DIFFERENCES } from './dialect-differences.ts';
import { goldenDialectCases } from './golden-dialect.ts';
import { pythonRepr } from './python-repr.ts';

const cases = goldenDialectCases();
const agreed = cases.filter(({ name }) => DIALECT_DIFFERENCES[name] === undefined);
const differing = cases.filter(({ name }) => DIALECT_DIFFERENCES[name] !== undefined);

describe('the dialect, against what the Scalyr agent made of 108 inputs', () => {
  it('knows every recorded input and every listed difference', () => {
    expect(cases).toHaveLength(108);
    expect(cases.filter(({ recorded }) => recorded === 'missing')).toEqual([]);
    expect(differing).toHaveLength(Object.keys(DIALECT_DIFFERENCES).length);
  });

  it.each(agreed)('gives what the agent gives: $name', ({ input, recorded }) => {
    expect(outcomeOf(input)).toBe(recorded);
  });

  it.each(differing)(
    'gives what is listed, which is not what the agent gives: $name',
    ({ name, input, recorded }) => {
      expect(outcomeOf(input)).toBe(DIALECT_DIFFERENCES[name]);
      expect(outcomeOf(input)).not.toBe(recorded);
      expect(outcomeOf(input)).not.toBe('error');
    },
  );
});

function outcomeOf(input: string): string {
  const outcome = parseDialect(input, { file: 'agent.json' });
  return outcome.kind === 'ok' ? pythonRepr(plainValue(outcome.document)) : 'error';
}
