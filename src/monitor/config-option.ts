import type { Converted, ConvertTo, PresentValue } from './convert-config-value.ts';

/** How the value of an option is found, converted and checked. */
export interface ConfigLookup {
  /** Without it the value is what stands in the configuration. */
  readonly convertTo?: ConvertTo;
  /** Taken when the option is neither in the entry nor in the environment; converted and checked as well. */
  readonly default?: PresentValue;
  /** The option must be in the entry or in the environment; a default does not help. */
  readonly required?: boolean;
  /** Smallest value allowed. */
  readonly minValue?: number | bigint;
  /** Largest value allowed. */
  readonly maxValue?: number | bigint;
  /** Environment variable that is looked up instead of `SCALYR_<NAME>`. */
  readonly envName?: string;
}

/** What a lookup gives: the type `convertTo` names; undefined only when there is neither default nor `required`. */
export type ConfigResult<Lookup> =
  | (Lookup extends { readonly convertTo: infer To extends ConvertTo } ? Converted[To] : PresentValue)
  | (Lookup extends { readonly required: true } | { readonly default: PresentValue } ? never : undefined);

interface ConfigOptionSettings extends ConfigLookup {
  readonly name: string;
  /** One or two sentences for the reader of the configuration. */
  readonly description: string;
  /** Say so when the environment and the entry disagree. The environment is looked up in any case. */
  readonly envAware?: boolean;
}

declare const RESULT: unique symbol;

/** A declared option; `Result` is the type of its value. */
export interface ConfigOption<Result = unknown> extends ConfigOptionSettings {
  /** Exists for the type only. */
  readonly [RESULT]?: Result;
}

/**
 * Declares an option of a monitor. Put into the class's `configOptions`, it is checked before the monitor is made, and
 * `config.get(option)` has the right type:
 *
 *     const timeout = defineConfigOption({
 *       name: 'timeout', description: 'Seconds to wait for an answer.', convertTo: 'float', default: 10, minValue: 0,
 *     });
 *     this.config.get(timeout); // number
 */
export function defineConfigOption<const Settings extends ConfigOptionSettings>(
  settings: Settings,
): ConfigOption<ConfigResult<Settings>> {
  return settings;
}
