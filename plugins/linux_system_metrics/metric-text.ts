/** Fields of a metric, in the order in which they stand in its line. */
export type Fields = Readonly<Record<string, string>>;

const NUMBER = /^\d+(\.\d+)?$/;

/**
 * A value as it stands in the metric log: `df.1kblocks.total 4 mount="/" fstype="ext4"`. The digits are those of the
 * kernel, so `0.60` stays `0.60` and a counter of any size keeps each of its digits. None for what is missing or no number.
 */
export function metricText(
  name: string,
  value: string | number | bigint | undefined,
  fields: Fields = {},
): readonly string[] {
  const digits = String(value);
  if (!NUMBER.test(digits)) return [];
  let text = `${name} ${digits}`;
  for (const field of Object.keys(fields)) text += ` ${field}=${JSON.stringify(fields[field])}`;
  return [text];
}
