import type { Float } from './float.ts';

/** What a monitor may emit as a value or as an extra field. */
export type MetricValue = string | number | bigint | boolean | Float;

/** Extra fields of one emitted value, in any order; the line carries them sorted by code point. */
export type ExtraFields = Readonly<Record<string, MetricValue>>;
