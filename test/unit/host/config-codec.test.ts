import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigValue } from '../../../src/config/config-value.ts';
import { decodeConfig, decodeConfigObject, encodeConfig } from '../../../src/host/config-codec.ts';
import { Float } from '../../../src/metric-line/float.ts';

const { value: configValue } = fc.letrec<{ value: ConfigValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.integer(),
    fc.bigInt(),
    fc.double().map((value) => new Float(value)),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$int', '$float', '$$int', '__proto__')),
      tie('value'),
    ),
  ),
}));

describe('the configuration on its way into a host', () => {
  it('is the same on the other side of JSON, kinds of numbers included', () => {
    fc.assert(
      fc.property(configValue, (value) => {
        expect(decodeConfig(JSON.parse(JSON.stringify(encodeConfig(value))))).toEqual(value);
      }),
    );
  });

  it('marks what JSON would lose', () => {
    const config = { whole: 5, float: new Float(5), big: 2n ** 64n, $int: 'a member of that name' };

    expect(encodeConfig(config)).toEqual({
      whole: 5,
      float: { $float: '5.0' },
      big: { $int: '18446744073709551616' },
      $$int: 'a member of that name',
    });
  });

  it('keeps a member called __proto__ an ordinary member', () => {
    const decoded = decodeConfigObject(JSON.parse('{ "__proto__": { "polluted": true } }'));

    expect(Object.keys(decoded)).toEqual(['__proto__']);
    expect(decoded['polluted']).toBeUndefined();
  });

  it('refuses what is no configuration', () => {
    expect(() => decodeConfigObject('text')).toThrow(
      'Cannot decode a configuration: found a string, wanted an object',
    );
  });
});
