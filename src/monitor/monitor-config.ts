import type { ConfigObject } from '../config/config-value.ts';
import { Float } from '../metric-line/float.ts';
import { BadMonitorConfiguration } from './bad-monitor-configuration.ts';
import type { ConfigLookup, ConfigOption, ConfigResult } from './config-option.ts';
import type { PresentValue } from './convert-config-value.ts';
import { convertConfigValue } from './convert-config-value.ts';
import { pythonFloat, pythonText } from './python-text.ts';

/** What the options of a monitor are read from. */
export interface MonitorConfigSources {
  /** For messages: the monitor's module as configured. */
  readonly module: string;
  readonly options?: readonly ConfigOption[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly warn?: (message: string) => void;
}

/**
 * The entry of a monitor in the configuration, with the defaults of its declared options filled in. Read only.
 *
 *     config.get('path', { convertTo: 'string', required: true });             // string
 *     config.get('timeout', { convertTo: 'float', default: 5, minValue: 0 });  // number, seconds
 *     config.get(gaussMean);                                                   // as defineConfigOption says
 *
 * An option that is not in the entry is looked up in the environment as `SCALYR_<NAME>`, in upper case and then in lower
 * case. An option given as null counts as not given.
 */
export class MonitorConfig {
  readonly #values = new Map<string, PresentValue>();
  readonly #declared: ReadonlyMap<string, ConfigOption>;
  readonly #sources: MonitorConfigSources;

  /** Throws BadMonitorConfiguration when a declared option is missing, cannot be converted or is out of its bounds. */
  constructor(entry: ConfigObject, sources: MonitorConfigSources) {
    this.#sources = sources;
    const options = sources.options ?? [];
    this.#declared = new Map(options.map((option) => [option.name, option]));
    for (const [name, value] of Object.entries(entry)) {
      if (value !== null) this.#values.set(name, value);
    }
    for (const option of options) this.#settle(option);
  }

  /**
   * The value of an option: by its name and how to look it up, or as declared. Throws BadMonitorConfiguration when it is
   * required and missing, cannot be converted, or is out of bounds.
   */
  get<Result>(option: ConfigOption<Result>): Result;
  get<const Lookup extends ConfigLookup = ConfigLookup>(name: string, lookup?: Lookup): ConfigResult<Lookup>;
  get(nameOrOption: string | ConfigOption, lookup: ConfigLookup = {}): unknown {
    if (typeof nameOrOption !== 'string') return this.get(nameOrOption.name, nameOrOption);
    const value = this.#find(nameOrOption, lookup);
    return value instanceof Float && lookup.convertTo === 'float' ? value.value : value;
  }

  /** Whether the option is in the entry or has a declared default. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Names and values, converted where they are declared; those of the entry first. */
  entries(): IterableIterator<[name: string, value: PresentValue]> {
    return this.#values.entries();
  }

  /** Replaces what the entry holds by the converted value, once, so that later lookups by name see it. */
  #settle(option: ConfigOption): void {
    const { name } = option;
    const variable = this.#variable(name, option);
    const inEnvironment = option.envAware === true && this.#sources.environment?.[variable] !== undefined;
    if (inEnvironment) this.#warnOfConflict(name, variable);
    const isGiven = this.#values.has(name) || inEnvironment;
    if (!isGiven && !option.required && option.default === undefined) return;
    const value = this.#find(name, option);
    if (value !== undefined) this.#values.set(name, value);
  }

  #find(name: string, lookup: ConfigLookup): PresentValue | undefined {
    const given = this.#values.get(name) ?? this.#fromEnvironment(name, lookup);
    if (given === undefined && lookup.required) {
      throw new BadMonitorConfiguration(`Missing required field "${name}"`, name);
    }
    const value = given ?? lookup.default;
    if (value === undefined) return undefined;
    const converted =
      lookup.convertTo === undefined ? value : convertConfigValue(value, lookup.convertTo, name);
    checkBounds(converted, lookup, name);
    return converted;
  }

  #fromEnvironment(name: string, lookup: ConfigLookup): string | undefined {
    const variable = this.#variable(name, lookup);
    const { environment = {} } = this.#sources;
    return environment[variable] ?? environment[variable.toLowerCase()];
  }

  #variable(name: string, lookup: ConfigLookup): string {
    return lookup.envName ?? this.#declared.get(name)?.envName ?? `SCALYR_${name.toUpperCase()}`;
  }

  #warnOfConflict(name: string, variable: string): void {
    const given = this.#values.get(name);
    const fallback = this.#sources.environment?.[variable];
    if (given === undefined || fallback === undefined || pythonText(given) === fallback) return;
    this.#sources.warn?.(
      `Option "${name}" of monitor "${this.#sources.module}" is in the configuration and, with another value, in the ` +
        `environment as ${variable}: the configuration counts`,
    );
  }
}

function checkBounds(value: PresentValue, { minValue, maxValue }: ConfigLookup, name: string): void {
  if (minValue === undefined && maxValue === undefined) return;
  const number = value instanceof Float ? value.value : value;
  if (typeof number !== 'number' && typeof number !== 'bigint') {
    throw new BadMonitorConfiguration(
      `Value of ${pythonText(value)} in field "${name}" is invalid; a number is wanted`,
      name,
    );
  }
  const shown = value instanceof Float ? pythonFloat(value.value) : `${number}`;
  if (maxValue !== undefined && number > maxValue) {
    throw new BadMonitorConfiguration(
      `Value of ${shown} in field "${name}" is invalid; maximum is ${maxValue}`,
      name,
    );
  }
  if (minValue !== undefined && number < minValue) {
    throw new BadMonitorConfiguration(
      `Value of ${shown} in field "${name}" is invalid; minimum is ${minValue}`,
      name,
    );
  }
}
