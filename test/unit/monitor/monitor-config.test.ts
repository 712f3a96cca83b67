import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ConfigObject, ConfigValue } from '../../../src/config/config-value.ts';
import { Float } from '../../../src/metric-line/float.ts';
import { BadMonitorConfiguration } from '../../../src/monitor/bad-monitor-configuration.ts';
import { defineConfigOption } from '../../../src/monitor/config-option.ts';
import { MonitorConfig } from '../../../src/monitor/monitor-config.ts';

type Given = Exclude<ConfigValue, null>;

function read(entry: ConfigObject, environment: Record<string, string> = {}): MonitorConfig {
  return new MonitorConfig(entry, { module: 'm', environment });
}

describe('MonitorConfig.get', () => {
  const config = read({ port: 80, name: 'web', ratio: 0.5, hosts: 'a, b', nested: { x: [1] } });

  it('has the type that convertTo names', () => {
    const required = { required: true } as const;
    expectTypeOf(config.get('port', { convertTo: 'int', ...required })).toEqualTypeOf<number>();
    expectTypeOf(config.get('port', { convertTo: 'bigint', ...required })).toEqualTypeOf<bigint>();
    expectTypeOf(config.get('port', { convertTo: 'float', ...required })).toEqualTypeOf<number>();
    expectTypeOf(config.get('name', { convertTo: 'string', ...required })).toEqualTypeOf<string>();
    expectTypeOf(config.get('name', { convertTo: 'bool', ...required })).toEqualTypeOf<boolean>();
    expectTypeOf(config.get('hosts', { convertTo: 'stringArray', ...required })).toEqualTypeOf<
      readonly string[]
    >();
    expectTypeOf(config.get('nested', { convertTo: 'object', ...required })).toEqualTypeOf<ConfigObject>();
  });

  it('may be undefined unless there is a default or the option is required', () => {
    expectTypeOf(config.get('port', { convertTo: 'int' })).toEqualTypeOf<number | undefined>();
    expectTypeOf(config.get('port', { convertTo: 'int', required: false })).toEqualTypeOf<
      number | undefined
    >();
    expectTypeOf(config.get('port', { convertTo: 'int', default: 1 })).toEqualTypeOf<number>();
    expectTypeOf(config.get('port')).toEqualTypeOf<Given | undefined>();
    expectTypeOf(config.get('port', { default: 1 })).toEqualTypeOf<Given>();
  });

  it('has the type of a declared option', () => {
    const name = defineConfigOption({
      name: 'name',
      description: 'A name.',
      convertTo: 'string',
      required: true,
    });
    const port = defineConfigOption({ name: 'port', description: 'A port.', convertTo: 'int' });
    expectTypeOf(config.get(name)).toEqualTypeOf<string>();
    expectTypeOf(config.get(port)).toEqualTypeOf<number | undefined>();
    expect([config.get(name), config.get(port)]).toEqual(['web', 80]);
  });

  it('gives what stands in the entry without convertTo, a Float included', () => {
    expect(read({ f: new Float(5) }).get('f')).toEqual(new Float(5));
    expect(config.get('nested')).toEqual({ x: [1] });
  });

  it('takes an option that is null for one that is not given', () => {
    const empty = read({ f: null });
    expect(empty.has('f')).toBe(false);
    expect(empty.get('f', { default: 4 })).toBe(4);
    expect(() => empty.get('f', { required: true })).toThrow('Missing required field "f"');
  });

  it('reads whole numbers beyond 2^53 as bigint and refuses to round them', () => {
    const large = read({ f: 2n ** 64n, text: '18446744073709551616' });
    expect(large.get('f', { convertTo: 'bigint' })).toBe(18446744073709551616n);
    expect(large.get('text', { convertTo: 'bigint' })).toBe(18446744073709551616n);
    expect(large.get('f', { convertTo: 'float' })).toBe(2 ** 64);
    expect(large.get('f', { convertTo: 'string' })).toBe('18446744073709551616');
    expect(() => large.get('text', { convertTo: 'int' })).toThrow(
      'Value of 18446744073709551616 in field "text" is too large for int: beyond 2^53 numbers are not exact, bigint is',
    );
    expect(read({ f: 2 ** 53 }).get('f', { convertTo: 'int' })).toBe(2 ** 53);
  });

  it.each([
    [' +7 ', 7],
    ['-1_000', -1000],
    ['007', 7],
  ])('reads the text %j as the int %s, as Python does', (text, expected) => {
    expect(read({ f: text }).get('f', { convertTo: 'int' })).toBe(expected);
  });

  it.each([
    ['.5', 0.5],
    ['5.', 5],
    ['1_0.2_5', 10.25],
    ['-Infinity', -Infinity],
    ['+nan', Number.NaN],
    ['1E-3', 0.001],
  ])('reads the text %j as the float %s, as Python does', (text, expected) => {
    expect(read({ f: text }).get('f', { convertTo: 'float' })).toBe(expected);
  });

  it.each([['1__0'], ['_1'], ['1_'], ['1 2'], ['--1']])('refuses %j as a number', (text) => {
    expect(() => read({ f: text }).get('f', { convertTo: 'int' })).toThrow(BadMonitorConfiguration);
    expect(() => read({ f: text }).get('f', { convertTo: 'float' })).toThrow(BadMonitorConfiguration);
  });

  it('has no int for infinity', () => {
    expect(() => read({ f: Infinity }).get('f', { convertTo: 'int' })).toThrow(
      'Cannot convert inf for field "f" to int',
    );
  });

  it('reads a text in the dialect of the configuration as a list or an object', () => {
    const texts = read({ list: '[1, 2.0, "x"]', object: '{ a: [1], b: null }', broken: '{ a: ' });
    expect(texts.get('list', { convertTo: 'array' })).toEqual([1, new Float(2), 'x']);
    expect(texts.get('object', { convertTo: 'object' })).toEqual({ a: [1] });
    expect(() => texts.get('broken', { convertTo: 'object' })).toThrow(
      'Could not parse value { a:  for field "broken" as object',
    );
  });

  it('compares bigint values with their bounds', () => {
    const lookup = { convertTo: 'bigint', maxValue: 2n ** 63n } as const;
    expect(() => read({ f: 2n ** 64n }).get('f', lookup)).toThrow(
      'Value of 18446744073709551616 in field "f" is invalid; maximum is 9223372036854775808',
    );
  });

  it('refuses bounds for a value that is no number', () => {
    expect(() => config.get('name', { minValue: 4 })).toThrow(
      new BadMonitorConfiguration('Value of web in field "name" is invalid; a number is wanted', 'name'),
    );
  });
});

describe('MonitorConfig and the environment', () => {
  it('looks up an option that is not given as SCALYR_<NAME>, then in lower case', () => {
    const config = read(
      { given: 1 },
      { SCALYR_GIVEN: '2', SCALYR_FREE: '77', scalyr_low: 'x', SCALYR_BOTH: 'A', scalyr_both: 'b' },
    );
    expect(config.get('given')).toBe(1);
    expect(config.get('free')).toBe('77');
    expect(config.get('free', { convertTo: 'int', maxValue: 80 })).toBe(77);
    expect(config.get('low')).toBe('x');
    expect(config.get('both')).toBe('A');
    expect(config.get('free', { required: true, default: 5 })).toBe('77');
  });

  it('looks up the variable that an option names, by its declaration or in the lookup', () => {
    const option = defineConfigOption({ name: 'token', description: 'A token.', envName: 'MY_TOKEN' });
    const config = new MonitorConfig(
      {},
      { module: 'm', options: [option], environment: { MY_TOKEN: 'x', OTHER: 'y', SCALYR_TOKEN: 'z' } },
    );
    expect(config.get('token')).toBe('x');
    expect(config.get('free', { envName: 'OTHER' })).toBe('y');
  });

  it('warns when an env-aware option is in both, with different values', () => {
    const options = [
      defineConfigOption({ name: 'port', description: 'A port.', convertTo: 'int', envAware: true }),
    ];
    const warnings: string[] = [];
    const settle = (port: ConfigValue, variable: string): unknown =>
      new MonitorConfig(
        { port },
        {
          module: 'mymod',
          options,
          environment: { SCALYR_PORT: variable },
          warn: (text) => warnings.push(text),
        },
      ).get('port');
    expect(settle(4, '4')).toBe(4);
    expect(warnings).toEqual([]);
    expect(settle(4, '9')).toBe(4);
    expect(warnings).toEqual([
      'Option "port" of monitor "mymod" is in the configuration and, with another value, in the environment as ' +
        'SCALYR_PORT: the configuration counts',
    ]);
  });
});

describe('MonitorConfig.entries', () => {
  it('holds the entry, then the declared options that have a default, converted', () => {
    const options = [
      defineConfigOption({ name: 'port', description: 'A port.', convertTo: 'int', default: '80' }),
      defineConfigOption({ name: 'host', description: 'A host.' }),
      defineConfigOption({ name: 'n', description: 'A number.', convertTo: 'int' }),
    ];
    const config = new MonitorConfig({ n: '5', module: 'm' }, { module: 'm', options });
    expect([...config.entries()]).toEqual([
      ['n', 5],
      ['module', 'm'],
      ['port', 80],
    ]);
    expect(config.has('port')).toBe(true);
    expect(config.has('host')).toBe(false);
  });
});
