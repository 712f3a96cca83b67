/** What a figure should be; `below` excludes the value itself. */
export type Aim =
  | { readonly kind: 'at-least'; readonly value: number }
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'below'; readonly value: number };

/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: Aim;
}

/** Something that is measured, by itself or with others. */
export interface Scenario {
  readonly name: string;
  /** `say` tells how far it is. Rejects when what was measured did not work as it should: then there are no figures. */
  measure(say: (progress: string) => void): Promise<readonly Figure[]>;
}

export const atLeast = (value: number): Aim => ({ kind: 'at-least', value });
export const atMost = (value: number): Aim => ({ kind: 'at-most', value });
export const below = (value: number): Aim => ({ kind: 'below', value });

/** Undefined for a figure without an aim. */
export function isMet({ value, aim }: Figure): boolean | undefined {
  if (aim === undefined) return undefined;
  if (aim.kind === 'at-least') return value >= aim.value;
  return aim.kind === 'at-most' ? value <= aim.value : value < aim.value;
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
