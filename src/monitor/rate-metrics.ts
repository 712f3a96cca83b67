import { encodeValue } from '../metric-line/encode-value.ts';
import { Float } from '../metric-line/float.ts';
import { formatFields } from '../metric-line/format-line.ts';
import type { ExtraFields, MetricValue } from '../metric-line/metric-value.ts';

/** Values further apart have no rate: the monitor was off in between. */
const LONGEST_GAP_MS = 660_000;

/** Most series remembered; beyond it the one that was silent longest starts anew. */
const REMEMBERED_SERIES = 10_000;

/** One emitted number. */
export interface Observation {
  readonly timeMs: number;
  readonly id: string;
  readonly name: string;
  readonly value: MetricValue;
  readonly fields?: ExtraFields | undefined;
}

interface Previous {
  readonly timeMs: number;
  readonly value: number;
}

interface Wanted {
  readonly field: string;
  readonly value: string;
}

/**
 * Rates of change of growing counters, which the configuration asks for in `calculate_rate_metric_names` with entries
 * `module:metric` or `module:metric:field=value`.
 */
export class RateMetrics {
  /** Metric names, each with the fields of which one must match; none means that any line does. */
  readonly #wanted = new Map<string, readonly Wanted[]>();
  readonly #previous = new Map<string, Previous>();
  /** Entries that are not of the form above. */
  readonly malformed: readonly string[];

  /** Takes the entries for `monitor`, the last part of its module; leaves those for others. */
  constructor(monitor: string, entries: readonly string[]) {
    const malformed: string[] = [];
    for (const entry of entries) {
      const [, module, name, field, value] = /^([^:]+):([^:]+)(?::([^=]+)=(.*))?$/s.exec(entry) ?? [];
      if (name === undefined) malformed.push(entry);
      else if (module === monitor)
        this.#want(name, field === undefined ? undefined : { field, value: value ?? '' });
    }
    this.malformed = malformed;
  }

  /** No entry is for this monitor. */
  get isEmpty(): boolean {
    return this.#wanted.size === 0;
  }

  /**
   * Change for each second since the value before of the same metric and fields, to five decimals. Undefined when nobody
   * asked for it, for the first value, when the value fell, and when more than eleven minutes lie between.
   */
  observe({ timeMs, id, name, value, fields = {} }: Observation): Float | undefined {
    const number = toNumber(value);
    if (number === undefined || !this.#isWanted(name, fields)) return undefined;
    const previous = this.#remember(`${id} ${name}${formatFields(fields)}`, { timeMs, value: number });
    if (previous === undefined || number < previous.value) return undefined;
    const elapsedMs = timeMs - previous.timeMs;
    if (elapsedMs <= 0 || elapsedMs >= LONGEST_GAP_MS) return undefined;
    return new Float(roundTo5((number - previous.value) / (elapsedMs / 1000)));
  }

  #want(name: string, condition: Wanted | undefined): void {
    const known = this.#wanted.get(name);
    if (condition === undefined || known?.length === 0) this.#wanted.set(name, []);
    else this.#wanted.set(name, [...(known ?? []), condition]);
  }

  #isWanted(name: string, fields: ExtraFields): boolean {
    const conditions = this.#wanted.get(name);
    if (conditions === undefined) return false;
    return conditions.length === 0 || conditions.some(({ field, value }) => textOf(fields[field]) === value);
  }

  #remember(series: string, current: Previous): Previous | undefined {
    const previous = this.#previous.get(series);
    this.#previous.delete(series);
    this.#previous.set(series, current);
    if (this.#previous.size > REMEMBERED_SERIES) {
      const [silentLongest] = this.#previous.keys();
      if (silentLongest !== undefined) this.#previous.delete(silentLongest);
    }
    return previous;
  }
}

function toNumber(value: MetricValue): number | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function textOf(value: MetricValue | undefined): string | undefined {
  return typeof value === 'string' ? value : encodeValue(value);
}

/**
 * As Python's `round(x, 5)`, which takes the even neighbour when `x` is exactly in the middle. Among binary fractions
 * only the odd multiples of 1/64 are in the middle of two five-digit decimals.
 */
export function roundTo5(x: number): number {
  const sixtyFourths = x * 64;
  if (Math.abs(sixtyFourths % 2) !== 1) return Number(x.toFixed(5));
  const below = Math.floor(x * 100_000);
  return (below % 2 === 0 ? below : below + 1) / 100_000;
}
