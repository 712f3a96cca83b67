import { BadMonitorConfiguration, globsToRegExp } from 'scalyr-otel-bridge';
import type { ConfigObject, ConfigValue } from 'scalyr-otel-bridge';
import type { Sample } from './parse-exposition.ts';

/** Which series are wanted, as it stands in the configuration. */
export interface SeriesFilterSettings {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Of metrics whose name matches the key, only series with a matching value of each label named. */
  readonly components: ConfigObject;
}

interface ComponentRule {
  readonly name: RegExp;
  readonly labels: readonly { readonly label: string; readonly value: RegExp }[];
}

const COMPONENTS = 'metric_component_value_include_list';

/** Decides by name and labels which samples are emitted. Throws BadMonitorConfiguration for rules of another form. */
export class SeriesFilter {
  readonly #include: RegExp;
  readonly #exclude: RegExp;
  readonly #rules: readonly ComponentRule[];

  constructor({ include, exclude, components }: SeriesFilterSettings) {
    this.#include = globsToRegExp(include);
    this.#exclude = globsToRegExp(exclude);
    this.#rules = Object.entries(components).map(([name, labels]) => ({
      name: globsToRegExp([name]),
      labels: readLabelRules(name, labels),
    }));
  }

  wants({ name, labels }: Pick<Sample, 'name' | 'labels'>): boolean {
    if (!this.#include.test(name) || this.#exclude.test(name)) return false;
    return this.#rules
      .filter((rule) => rule.name.test(name))
      .every((rule) => rule.labels.every(({ label, value }) => value.test(labels[label] ?? '')));
  }
}

function readLabelRules(name: string, labels: ConfigValue): ComponentRule['labels'] {
  if (!isObject(labels)) throw badRule(name);
  return Object.entries(labels).map(([label, globs]) => {
    if (!isTexts(globs)) throw badRule(name);
    return { label, value: globsToRegExp(globs) };
  });
}

function badRule(name: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(
    `Cannot use the rule for "${name}" in field "${COMPONENTS}": wanted an object of labels, each with a list of ` +
      'patterns, as { "topic": ["orders*"] }',
    COMPONENTS,
  );
}

function isObject(value: ConfigValue): value is ConfigObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isTexts(value: ConfigValue): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
