import type { ObjectNode } from './config-node.ts';
import { didYouMean } from './did-you-mean.ts';
import { memberPath, Place } from './place.ts';
import type { ValueType } from './value-type.ts';
import { complete } from './value-type.ts';

/**
 * One option: the declaration that its type, its check, its default, its variable and its line in the documentation come
 * from.
 */
export interface Option<T> {
  readonly type: ValueType<T>;
  /** What it is for, as a line of the documentation. */
  readonly description: string;
  /** What its absence means. */
  readonly absent:
    | { readonly kind: 'problem' }
    | { readonly kind: 'nothing' }
    /** A section: read as if it stood there empty, so that its defaults apply. */
    | { readonly kind: 'empty' }
    | { readonly kind: 'default'; readonly value: T };
  /** Variable of the environment that fills it in where the file leaves it out. */
  readonly variable?: string;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** What reading a section gives. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** An object whose names are known: anything else in it is a problem, unless it is `open`. */
export interface Section<O extends Options = Options> extends ValueType<Values<O>> {
  readonly options: O;
  /** The variable of the environment that fills in the option of this name. */
  readonly variableOf: (name: string) => string | undefined;
}

interface Details {
  readonly variable?: string;
}

export function required<T>(type: ValueType<T>, description: string, details: Details = {}): Option<T> {
  return { type, description, absent: { kind: 'problem' }, ...details };
}

export function optional<T>(
  type: ValueType<T>,
  description: string,
  details: Details = {},
): Option<T | undefined> {
  return { type, description, absent: { kind: 'nothing' }, ...details };
}

export function withDefault<T>(
  type: ValueType<T>,
  value: NoInfer<T>,
  description: string,
  details: Details = {},
): Option<T> {
  return { type, description, absent: { kind: 'default', value }, ...details };
}

/** A section within a section; may be left out when nothing in it is required. */
export function subsection<O extends Options>(options: O, description: string): Option<Values<O>> {
  return { type: section(options), description, absent: { kind: 'empty' } };
}

interface SectionDetails {
  /** Names that are not among the options are left alone. */
  readonly open?: boolean;
  /** Every option has the variable that this and its name in capitals make. */
  readonly variablePrefix?: string;
}

/** An object of options. */
export function section<const O extends Options>(options: O, details: SectionDetails = {}): Section<O> {
  const { open = false, variablePrefix } = details;
  return {
    options,
    variableOf: (name) =>
      variablePrefix === undefined ? options[name]?.variable : variablePrefix + name.toUpperCase(),
    wanted: 'an object',
    read(place) {
      const { node } = place;
      if (node.kind !== 'object') return place.rejectKind('an object');
      const unknown = open ? [] : [...node.members.keys()].filter((name) => !Object.hasOwn(options, name));
      for (const name of unknown) rejectUnknown(place, node, name, Object.keys(options));
      const entries = Object.entries(options).map(([name, option]) => readOption(place, node, name, option));
      const all = complete(entries);
      if (all === undefined || unknown.length > 0) return undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built from the same table that the type is computed from
      return Object.fromEntries(all) as Values<O>;
    },
  };
}

/** The same section with a check of its values together; `check` reports what it finds and says whether all is well. */
export function checkedSection<O extends Options>(
  base: Section<O>,
  check: (values: Values<O>, place: Place) => boolean,
): Section<O> {
  return {
    ...base,
    read(place) {
      const values = base.read(place);
      return values !== undefined && check(values, place) ? values : undefined;
    },
  };
}

/** A type as the section it is, or undefined when it is none. */
export function asSection(type: ValueType<unknown>): Section | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing but section() makes a type with a member `options`
  return 'options' in type ? (type as Section) : undefined;
}

function readOption(
  place: Place,
  node: ObjectNode,
  name: string,
  { type, absent }: Option<unknown>,
): readonly [string, unknown] | undefined {
  const empty: ObjectNode = { kind: 'object', members: new Map(), position: node.position };
  const member = place.member(name) ?? new Place(empty, memberPath(place.path, name), place.context);
  if (node.members.has(name) || absent.kind === 'empty') {
    const value = type.read(member);
    return value === undefined ? undefined : [name, value];
  }
  if (absent.kind === 'problem') return place.reject(`"${name}" is missing: wanted ${type.wanted}`);
  return [name, absent.kind === 'default' ? absent.value : undefined];
}

function rejectUnknown(place: Place, node: ObjectNode, name: string, known: readonly string[]): void {
  const hint = didYouMean(name, known) ?? `known are ${known.join(', ')}`;
  place.reject(`"${name}" is not an option here: ${hint}`, node.members.get(name)?.position);
}
