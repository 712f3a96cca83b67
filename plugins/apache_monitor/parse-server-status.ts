/** What Apache calls a value, and the metric it becomes; in the order in which they are written. */
const METRIC_OF = new Map([
  ['BusyWorkers', 'apache.workers.active'],
  ['IdleWorkers', 'apache.workers.idle'],
  ['ConnsTotal', 'apache.connections.active'],
  ['ConnsAsyncWriting', 'apache.connections.writing'],
  ['ConnsAsyncKeepAlive', 'apache.connections.idle'],
  ['ConnsAsyncClosing', 'apache.connections.closing'],
]);

/**
 * The values on a page of Apache's mod_status in the form `server-status?auto`, by the name of the metric. Only a
 * server with asynchronous connections (the event MPM) has those of connections. Undefined when it is another page.
 */
export function parseServerStatus(page: string): ReadonlyMap<string, number> | undefined {
  const values = new Map(
    Array.from(page.matchAll(/^(\w+): (\d+)\s*$/gm), ([, key = '', value]) => [key, Number(value)]),
  );
  if (!values.has('BusyWorkers')) return undefined;
  const found = new Map<string, number>();
  for (const [key, metric] of METRIC_OF) {
    const value = values.get(key);
    if (value !== undefined) found.set(metric, value);
  }
  return found;
}
