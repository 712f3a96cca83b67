/**
 * One JSON object for a point or a log record: times and integers beyond 2^53 as decimal strings, bytes as base64, NaN
 * and infinities as the strings OTLP/JSON has for them.
 */
export function formatJson(item: object): string {
  return JSON.stringify(item, (key, value: unknown) => {
    if (typeof value === 'bigint') return formatInteger(key, value);
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  });
}

function formatInteger(key: string, value: bigint): string | number {
  const isExact = BigInt.asIntN(54, value) === value;
  return key.endsWith('UnixNano') || !isExact ? String(value) : Number(value);
}
