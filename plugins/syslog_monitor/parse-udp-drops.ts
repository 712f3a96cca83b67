/** How Linux writes the addresses that the monitor listens at. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '00000000'],
  ['127.0.0.1', '0100007F'],
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000001000000'],
]);

/** Datagrams that the kernel dropped at a port, from /proc/net/udp or /proc/net/udp6; 0 where nothing is known. */
export function parseUdpDrops(table: string, { host, port }: { host: string; port: number }): number {
  const local = `${ADDRESSES.get(host)}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const columns = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, address]) => address === local);
  return Number(columns?.at(-1) ?? 0);
}
