import type { Float } from '../metric-line/float.ts';

/**
 * A value as it stands in the configuration. Whole numbers are `number` up to 2^53 and `bigint` beyond; a number written
 * with a point or an exponent that happens to be whole is a {@link Float}, so `5` stays different from `5.0`.
 */
export type ConfigValue =
  null | boolean | string | number | bigint | Float | readonly ConfigValue[] | ConfigObject;

/** A JSON object of the configuration. Members given as `null` are absent, as in Scalyr's dialect. */
export interface ConfigObject {
  readonly [key: string]: ConfigValue;
}
