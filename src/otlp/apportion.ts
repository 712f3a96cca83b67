/**
 * Distributes `total` over `weights` in proportion, in whole numbers: the sum is `total`, no share exceeds its weight,
 * and what rounding leaves over goes to the largest remainders (the first of equal ones). `total` is at most the sum of
 * the weights.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const remainders = weights.map((weight) => (total * weight) % sum);
  const shares = weights.map((weight, i) => (total * weight - (remainders[i] ?? 0)) / sum);
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = [...remainders.entries()].sort(([, a], [, b]) => b - a);
  for (const [i] of byRemainder.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
