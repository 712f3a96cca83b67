import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConfigObject, ConfigValue } from '../../../src/config/config-value.ts';
import { Float } from '../../../src/metric-line/float.ts';
import { defineConfigOption } from '../../../src/monitor/config-option.ts';
import type { ConvertTo } from '../../../src/monitor/convert-config-value.ts';
import { MonitorConfig } from '../../../src/monitor/monitor-config.ts';
import { readPython } from './python-literal.ts';

const ROWS = readFileSync(new URL('../../golden/monitor_config.txt', import.meta.url), 'utf8').split('\n');

const TARGETS: Readonly<Record<string, ConvertTo>> = {
  str: 'string',
  int: 'int',
  float: 'float',
  bool: 'bool',
  ArrayOfStrings: 'stringArray',
  SpaceComma: 'spaceAndCommaSeparatedStrings',
  JsonArray: 'array',
  JsonObject: 'object',
};

/** Values of the matrix that are not a text; "pylist" is a list in the configuration of a test only. */
const VALUES: Readonly<Record<string, ConfigValue>> = {
  'int 0': 0,
  'int 1': 1,
  'int 5': 5,
  'float 5.0': new Float(5),
  'float 5.7': 5.7,
  'bool True': true,
  'bool False': false,
  'str ""': '',
  'str " 7 "': ' 7 ',
  'JsonArray strs': ['a', 'b'],
  'JsonArray mixed': ['a', 1],
  'JsonArray empty': [],
  JsonObject: { a: 1 },
  'pylist strs': ['a', 'b'],
  'pylist mixed': ['a', 1],
};

const NOT_IN_TYPESCRIPT: Readonly<Record<string, string>> = {
  '-> list': 'only Python tells a list from a JsonArray',
  '-> dict': 'only Python tells a dict from a JsonObject',
  'dict ->': 'only Python tells a dict from a JsonObject',
  'ArrayOfStrings ->': 'an array of texts is an array here; only Python has a type of its own',
  'None ->': 'a member that is null is no member once the configuration is read',
};

/** Rows with another outcome here, on purpose. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'str "" -> JsonArray': 'the agent fails with a bare IndexError',
  [`str ['a', "b"] -> JsonArray`]: 'single quotes are read, as in JSON5',
  [`str ['a', "b"] -> JsonObject`]: 'single quotes are read, as in JSON5',
  'str 0x10 -> JsonArray': 'hexadecimal numbers are read, as in JSON5',
  'str 0x10 -> JsonObject': 'hexadecimal numbers are read, as in JSON5',
};

interface MatrixRow {
  readonly title: string;
  readonly value: ConfigValue;
  readonly target: ConvertTo;
  readonly recorded: string;
}

const ALL = ROWS.map((row) => /^(.+?) *-> (\w+) *: (.*)$/.exec(row)).filter((match) => match !== null);

const MATRIX: readonly MatrixRow[] = ALL.filter(
  ([, source, target]) => !(`${source} ->` in NOT_IN_TYPESCRIPT) && !(`-> ${target}` in NOT_IN_TYPESCRIPT),
)
  .map(([, source = '', target = '', recorded = '']) => ({
    title: `${source} -> ${target}`,
    value: VALUES[source] ?? source.slice('str '.length),
    target: TARGETS[target] ?? 'string',
    recorded,
  }))
  .filter(({ title }) => !(title in DIFFERENT));

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'int',
  float: 'float',
  bool: 'bool',
  str: 'string',
  list: 'array',
  'scalyr_agent.json_lib.objects.JsonArray': 'array',
  'scalyr_agent.json_lib.objects.JsonObject': 'object',
  'scalyr_agent.json_lib.objects.ArrayOfStrings': 'stringArray',
  'scalyr_agent.json_lib.objects.SpaceAndCommaSeparatedArrayOfStrings': 'spaceAndCommaSeparatedStrings',
};

/** A recorded error, with the types named as in `convertTo`. */
function recordedError(recorded: string): string | undefined {
  const message = /^!! BadMonitorConfiguration: (.*) field='\w+'$/.exec(recorded)?.[1];
  return message?.replace(/<class '([^']+)'>/g, (_, name: string) => TYPE_NAMES[name] ?? name);
}

/** A recorded value: its type's name, then its repr. */
function recordedValue(recorded: string): unknown {
  const value = readPython(recorded.slice(recorded.indexOf(' ') + 1));
  return value instanceof Float ? value.value : value;
}

describe('MonitorConfig.get, against the recorded matrix of conversions', () => {
  it('leaves out only rows that TypeScript cannot express and rows that differ on purpose', () => {
    expect(ALL).toHaveLength(350);
    expect(MATRIX).toHaveLength(251);
    expect(Object.keys(DIFFERENT)).toHaveLength(5);
  });

  const config = (value: ConfigValue): MonitorConfig => new MonitorConfig({ f: value }, { module: 'm' });

  it.each(MATRIX.filter(({ recorded }) => !recorded.startsWith('!!')))(
    'converts: $title',
    ({ value, target, recorded }) => {
      expect(config(value).get('f', { convertTo: target })).toEqual(recordedValue(recorded));
    },
  );

  it.each(MATRIX.filter(({ recorded }) => recorded.startsWith('!!')))(
    'refuses: $title',
    ({ value, target, recorded }) => {
      expect(() => config(value).get('f', { convertTo: target })).toThrow(
        expect.objectContaining({
          message: recordedError(recorded),
          field: 'f',
          name: 'BadMonitorConfiguration',
        }),
      );
    },
  );

  it('differs where the agent fails or where JSON5 is read', () => {
    expect(() => config('').get('f', { convertTo: 'array' })).toThrow(
      'Could not parse value  for field "f" as array',
    );
    expect(config(`['a', "b"]`).get('f', { convertTo: 'array' })).toEqual(['a', 'b']);
    expect(() => config('0x10').get('f', { convertTo: 'object' })).toThrow('from int to object');
  });
});

type Read = (config: MonitorConfig) => unknown;

/** Recorded expressions on MonitorConfig({"a": 5, "b": "x", "z": 0, "e": "", "n": None}), and their like in TypeScript. */
const EXPRESSIONS: Readonly<Record<string, Read>> = {
  'C.get("a")': (c) => c.get('a'),
  'C.get("missing")': (c) => c.get('missing'),
  'C.get("missing", default=3)': (c) => c.get('missing', { default: 3 }),
  'C.get("missing", default="3", convert_to=int)': (c) =>
    c.get('missing', { default: '3', convertTo: 'int' }),
  'C.get("missing", default=3, convert_to=str)': (c) => c.get('missing', { default: 3, convertTo: 'string' }),
  'C.get("missing", default=3, convert_to=float)': (c) =>
    c.get('missing', { default: 3, convertTo: 'float' }),
  'C.get("missing", default=3.7, convert_to=int)': (c) =>
    c.get('missing', { default: 3.7, convertTo: 'int' }),
  'C.get("missing", required_field=True)': (c) => c.get('missing', { required: true }),
  'C.get("missing", required_field=True, default=4)': (c) => c.get('missing', { required: true, default: 4 }),
  'C.get("z", default=4)': (c) => c.get('z', { default: 4 }),
  'C.get("e", default=4)': (c) => c.get('e', { default: 4 }),
  'C.get("e", required_field=True)': (c) => c.get('e', { required: true }),
  'C.get("a", min_value=5, max_value=5)': (c) => c.get('a', { minValue: 5, maxValue: 5 }),
  'C.get("a", min_value=6)': (c) => c.get('a', { minValue: 6 }),
  'C.get("a", max_value=4)': (c) => c.get('a', { maxValue: 4 }),
  'C.get("a", max_value=4, convert_to=float)': (c) => c.get('a', { maxValue: 4, convertTo: 'float' }),
  'C.get("missing", default=9, max_value=4)': (c) => c.get('missing', { default: 9, maxValue: 4 }),
  'C.get("missing", max_value=4)': (c) => c.get('missing', { maxValue: 4 }),
  'C["a"]': (c) => c.get('a'),
  '"a" in C': (c) => c.has('a'),
  'C.get("b",convert_to=int)': (c) => c.get('b', { convertTo: 'int' }),
  'C.get("a",convert_to=bool)': (c) => c.get('a', { convertTo: 'bool' }),
  'C.get("a", 1, 2)': (c) => c.get('a', { required: true, maxValue: 2 }),
};

const MISC = ROWS.slice(ROWS.indexOf('## misc get') + 1, ROWS.indexOf('## defined options')).map((row) => ({
  expression: row.slice(0, 60).trimEnd(),
  recorded: row.slice(61),
}));

describe('MonitorConfig, against recorded expressions', () => {
  const config = new MonitorConfig({ a: 5, b: 'x', z: 0, e: '', n: null }, { module: 'm' });
  const read = (expression: string): unknown => EXPRESSIONS[expression]?.(config) ?? null;

  it('covers each recorded expression that does not depend on a null member or on Python itself', () => {
    expect(
      MISC.map(({ expression }) => expression).filter((expression) => !(expression in EXPRESSIONS)),
    ).toEqual([
      'C.get("n", required_field=True)', // null is absent here
      'C.get("n", default=4)', // null is absent here
      'C.get("b", min_value=4)', // the agent fails with a bare TypeError
      'C["missing"]', // no index operator
      'len(C)', // null is absent here
      'list(C)', // broken in the agent
      'C.keys()', // null is absent here, as in the next
      'C.items()',
      'C.values()',
      'list(C.iteritems())',
      'C.copy()==C', // read only, so nobody needs a copy
      'C=={"a":5}',
      'type(C.copy())',
      'C.get("a", convert_to=lambda x:x)', // convertTo is a word
      'repr(C)',
      'C.get_int("a")', // methods and fields that do not exist
      'setattr(C,"q",1)',
      'C.__setitem__("a",1)',
    ]);
  });

  const portable = MISC.filter(({ expression }) => expression in EXPRESSIONS);

  it.each(portable.filter(({ recorded }) => !recorded.startsWith('!!')))(
    '$expression',
    ({ expression, recorded }) => {
      expect(read(expression)).toEqual(recordedValue(recorded));
    },
  );

  it.each(portable.filter(({ recorded }) => recorded.startsWith('!!')))(
    '$expression',
    ({ expression, recorded }) => {
      expect(() => read(expression)).toThrow(recordedError(recorded));
    },
  );
});

const DECLARED = [
  defineConfigOption({
    name: 'req',
    description: '',
    required: true,
    convertTo: 'int',
    minValue: 1,
    maxValue: 10,
  }),
  defineConfigOption({ name: 'opt', description: '', convertTo: 'int', default: 5 }),
  defineConfigOption({ name: 'optf', description: '', convertTo: 'float', default: 5 }),
  defineConfigOption({ name: 'nodef', description: '', convertTo: 'int' }),
  defineConfigOption({ name: 'envopt', description: '', convertTo: 'int', default: 1, envAware: true }),
  defineConfigOption({
    name: 'envname',
    description: '',
    convertTo: 'bool',
    envAware: true,
    envName: 'MY_ENV_NAME',
  }),
  defineConfigOption({ name: 'arr', description: '', convertTo: 'stringArray', default: 'q' }),
  defineConfigOption({ name: 'arr2', description: '', convertTo: 'stringArray' }),
  defineConfigOption({ name: 'emptydef', description: '', convertTo: 'string', default: '' }),
];

const DEFINED = ROWS.map((row) => /^(\{.*?\}) +env=(\{.*?\}) +(dict|!!) (.*)$/.exec(row))
  .filter((match) => match !== null)
  .filter(([, entry]) => entry !== "{'req': None}")
  .map(([, entry = '', environment = '', kind = '', recorded = '']) => ({
    entry,
    environment,
    kind,
    recorded,
  }));

describe('MonitorConfig with declared options, against recordings', () => {
  const settle = (entry: string, environment: string): Record<string, unknown> => {
    const config = new MonitorConfig(readPython(entry) as ConfigObject, {
      module: 'mymod',
      options: DECLARED,
      environment: readPython(environment) as Record<string, string>,
    });
    return Object.fromEntries(config.entries());
  };

  it('has 20 recorded entries, but for one that holds a null', () => {
    expect(DEFINED).toHaveLength(20);
  });

  it.each(DEFINED.filter(({ kind }) => kind === 'dict'))(
    'settles $entry with the environment $environment',
    ({ entry, environment, recorded }) => {
      expect(settle(entry, environment)).toEqual(readPython(recorded));
    },
  );

  it.each(DEFINED.filter(({ kind }) => kind === '!!'))(
    'refuses $entry with the environment $environment',
    ({ entry, environment, recorded }) => {
      expect(() => settle(entry, environment)).toThrow(recordedError(`!! ${recorded}`));
    },
  );
});
