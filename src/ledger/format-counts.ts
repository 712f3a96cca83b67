/** A number as people read it: `1,204`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Names and numbers in a row: `pending 14 · rejected 2`; what is zero is left out unless it is always wanted. */
export function formatCounts(
  counts: readonly (readonly [name: string, count: number, always?: true])[],
): string {
  const shown = counts.filter(([, count, always]) => always === true || count !== 0);
  return shown.map(([name, count]) => `${name} ${formatCount(count)}`).join(' · ');
}
