import { Float } from '../metric-line/float.ts';
import type { ConfigNode } from './config-node.ts';
import { scalarText } from './config-node.ts';
import type { Place } from './place.ts';

/** What may stand at a place of the configuration, for the reader and for the documentation. */
export interface ValueType<T> {
  /** Completes "wanted …": `a whole number from 1 to 5`. */
  readonly wanted: string;
  /** The value, or undefined when it is wrong; then it has reported the problem. */
  read(place: Place): T | undefined;
}

/** The longest time that a timer of Node can wait, in milliseconds: nearly 25 days. Longer ones would fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** A text that is not empty. */
export const text: ValueType<string> = {
  wanted: 'a text',
  read: (place) => place.text || place.rejectFound('a text that is not empty'),
};

/** A text that follows a pattern, which `wanted` puts in words. */
export function textLike(pattern: RegExp, wanted: string): ValueType<string> {
  return {
    wanted,
    read(place) {
      return place.text !== undefined && pattern.test(place.text) ? place.text : place.rejectFound(wanted);
    },
  };
}

/** A text, or a scalar in its place, which becomes the text one would write it as. */
export const scalarAsText: ValueType<string> = {
  wanted: 'a text, number or boolean',
  read(place) {
    const { node } = place;
    return node.kind === 'scalar' && node.value !== null
      ? scalarText(node.value)
      : place.rejectFound(this.wanted);
  },
};

/** One of a few words. */
export function oneOf<const Choice extends string>(...choices: readonly Choice[]): ValueType<Choice> {
  const wanted = alternatives(choices.map((choice) => JSON.stringify(choice)));
  return {
    wanted,
    read: (place) => choices.find((choice) => choice === place.text) ?? place.rejectFound(wanted),
  };
}

/** `true` or `false`, also as a text, because import_vars and the environment know texts only. */
export const flag: ValueType<boolean> = {
  wanted: 'true or false',
  read(place) {
    if (place.node.kind === 'scalar' && typeof place.node.value === 'boolean') return place.node.value;
    const word = place.text?.trim().toLowerCase();
    return word === 'true' || word === 'false' ? word === 'true' : place.rejectFound(this.wanted);
  },
};

/** A whole number in a range, both ends included; also as a text. */
export function wholeNumber(min: number, max: number, unit = ''): ValueType<number> {
  const wanted = `a whole number ${unit}from ${min} to ${max}`;
  return {
    wanted,
    read(place) {
      const value = numberIn(place.node);
      return Number.isInteger(value) && value >= min && value <= max ? value : place.rejectFound(wanted);
    },
  };
}

/** A duration in milliseconds, at least one. */
export const milliseconds = wholeNumber(1, MAX_TIMER_MS, 'of milliseconds ');

/** A number of seconds above zero, fractions allowed; also as a text. */
export const seconds: ValueType<number> = {
  wanted: `a number of seconds above 0, at most ${Math.floor(MAX_TIMER_MS / 1000)}`,
  read(place) {
    const value = numberIn(place.node);
    return value > 0 && value * 1000 <= MAX_TIMER_MS ? value : place.rejectFound(this.wanted);
  },
};

/** A list of values of one type. */
export function listOf<T>(
  type: ValueType<T>,
  options: { readonly wanted: string; readonly min?: number },
): ValueType<readonly T[]> {
  return {
    wanted: options.wanted,
    read(place) {
      if (place.node.kind !== 'list') return place.rejectKind(options.wanted);
      if (place.node.elements.length < (options.min ?? 0))
        return place.reject(`wanted ${options.wanted}, found none`);
      return complete(place.elements().map((element) => type.read(element)));
    },
  };
}

/** A list of texts, or one text with commas between them, as the agent allows. */
export const texts: ValueType<readonly string[]> = {
  wanted: 'a list of texts',
  read(place) {
    if (place.text === undefined) return listOf(text, { wanted: this.wanted }).read(place);
    return place.text
      .replace(/^\s*\[|\]\s*$/g, '')
      .split(',')
      .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
      .filter((part) => part !== '');
  },
};

/** An object whose names are free and whose values are of one type. */
export function recordOf<T>(type: ValueType<T>, wanted: string): ValueType<Readonly<Record<string, T>>> {
  return {
    wanted,
    read(place) {
      if (place.node.kind !== 'object') return place.rejectKind(wanted);
      const members = place.members().map(([name, member]) => {
        const value = type.read(member);
        return value === undefined ? undefined : ([name, value] as const);
      });
      const all = complete(members);
      return all && Object.fromEntries(all);
    },
  };
}

/** All values, or undefined when one of them is wrong. */
export function complete<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length === values.length ? found : undefined;
}

/** The number in a node, NaN when there is none. */
export function numberIn(node: ConfigNode): number {
  if (node.kind !== 'scalar') return NaN;
  if (typeof node.value === 'string') return /^\s*[-+]?\d/.test(node.value) ? Number(node.value) : NaN;
  if (node.value instanceof Float) return node.value.value;
  return typeof node.value === 'number' || typeof node.value === 'bigint' ? Number(node.value) : NaN;
}

/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
