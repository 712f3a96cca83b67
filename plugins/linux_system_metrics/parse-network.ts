import { metricText } from './metric-text.ts';
import type { Fields } from './metric-text.ts';

/** Columns of `/proc/net/dev` after the name: received and, eight further, sent. */
const INTERFACE_COUNTERS = [
  ['bytes', 0],
  ['packets', 1],
  ['errs', 2],
  ['dropped', 3],
] as const;
const SENT = 8;

/** `/proc/net/dev`, of the interfaces whose whole name matches. */
export function parseNetDev(text: string, wanted: RegExp): string[] {
  return [...text.matchAll(/^\s*([^\s:|]+):\s*(.*)$/gm)].flatMap(([, iface = '', columns = '']) => {
    if (!wanted.test(iface)) return [];
    const values = columns.trim().split(/\s+/);
    return INTERFACE_COUNTERS.flatMap(([name, column]) => [
      ...metricText(`proc.net.${name}`, values[column], { iface, direction: 'in' }),
      ...metricText(`proc.net.${name}`, values[column + SENT], { iface, direction: 'out' }),
    ]);
  });
}

/**
 * `/proc/net/sockstat`: `TCP: inuse 9 orphan 0 tw 34 alloc 9 mem 164`. Memory of TCP and UDP is counted in pages, of
 * fragments in bytes.
 */
export function parseSockstat(text: string, pageSize: number): string[] {
  const counters = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [protocol, ...pairs] = line.split(/:? /);
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      counters.set(`${protocol} ${pairs[index]}`, pairs[index + 1] ?? '');
    }
  }
  const one = (counter: string, name: string, type?: string): readonly string[] => {
    const value = counters.get(counter);
    const isInPages = /^(TCP|UDP) mem$/.test(counter);
    const fields = type === undefined ? {} : { type };
    return metricText(`net.sockstat.${name}`, isInPages ? Number(value) * pageSize : value, fields);
  };
  return [
    ...one('TCP alloc', 'num_sockets', 'tcp'),
    ...one('TCP tw', 'num_timewait'),
    ...one('TCP inuse', 'sockets_inuse', 'tcp'),
    ...one('UDP inuse', 'sockets_inuse', 'udp'),
    ...one('UDPLITE inuse', 'sockets_inuse', 'udplite'),
    ...one('RAW inuse', 'sockets_inuse', 'raw'),
    ...one('TCP orphan', 'num_orphans'),
    ...one('TCP mem', 'memory', 'tcp'),
    ...one('UDP mem', 'memory', 'udp'),
    ...one('FRAG memory', 'memory', 'ipfrag'),
    ...one('FRAG inuse', 'ipfragqueues'),
  ];
}

/** Counters of the kernel's `TcpExt`, and the metric and field that each becomes. */
const TCP_COUNTERS: readonly (readonly [counter: string, metric: string, fields?: Fields])[] = [
  ['SyncookiesSent', 'syncookies', { type: 'sent' }],
  ['SyncookiesRecv', 'syncookies', { type: 'received' }],
  ['SyncookiesFailed', 'syncookies', { type: 'failed' }],
  ['OfoPruned', 'memory.prune', { type: 'drop_ofo_queue' }],
  ['RcvPruned', 'memory.prune', { type: 'drop_received' }],
  ['DelayedACKs', 'delayedack', { type: 'sent' }],
  ['DelayedACKLocked', 'delayedack', { type: 'locked' }],
  ['DelayedACKLost', 'delayedack', { type: 'lost' }],
  ['ListenOverflows', 'failed_accept', { reason: 'full_acceptq' }],
  ['ListenDrops', 'failed_accept', { reason: 'other' }],
  ['TCPRenoRecovery', 'packetloss.recovery', { type: 'fast_retransmit' }],
  ['TCPSackRecovery', 'packetloss.recovery', { type: 'sack' }],
  ['TCPFACKReorder', 'reording', { detectedby: 'fack' }],
  ['TCPSACKReorder', 'reording', { detectedby: 'sack' }],
  ['TCPRenoReorder', 'reording', { detectedby: 'fast_retransmit' }],
  ['TCPTSReorder', 'reording', { detectedby: 'timestamp' }],
  ['TCPFullUndo', 'congestion.recovery', { type: 'full_undo' }],
  ['TCPPartialUndo', 'congestion.recovery', { type: 'hoe_heuristic' }],
  ['TCPDSACKUndo', 'congestion.recovery', { type: 'sack' }],
  ['TCPLossUndo', 'congestion.recovery', { type: 'ack' }],
  ['TCPAbortOnData', 'abort', { type: 'data_after_fin_wait1' }],
  ['TCPAbortOnClose', 'abort', { type: 'data_after_close' }],
  ['TCPAbortOnMemory', 'abort', { type: 'out_of_memory' }],
  ['TCPAbortOnTimeout', 'abort', { type: 'timeout' }],
  ['TCPAbortOnLinger', 'abort', { type: 'linger' }],
  ['TCPAbortFailed', 'abort.failed'],
  ['TCPMemoryPressures', 'memory.pressure'],
  ['TCPSACKDiscard', 'invalid_sack', { type: 'invalid' }],
  ['TCPDSACKIgnoredOld', 'invalid_sack', { type: 'retransmit' }],
  ['TCPDSACKIgnoredNoUndo', 'invalid_sack', { type: 'olddup' }],
  ['TCPBacklogDrop', 'receive.queue.full'],
];

/** `/proc/net/netstat`: a line of names and a line of values that start with `TcpExt:`. A counter it lacks has no metric. */
export function parseNetstat(text: string): string[] {
  const [names = [], values = []] = text
    .split('\n')
    .filter((line) => line.startsWith('TcpExt: '))
    .map((line) => line.split(' '));
  const counters = new Map(names.map((name, index) => [name, values[index]]));
  return TCP_COUNTERS.flatMap(([counter, metric, fields]) =>
    metricText(`net.stat.tcp.${metric}`, valueOf(counter, counters), fields),
  );
}

/** The kernel counts a connection that found the queue full among the dropped ones too. */
function valueOf(counter: string, counters: ReadonlyMap<string, string | undefined>) {
  const value = counters.get(counter);
  if (counter !== 'ListenDrops' || value === undefined) return value;
  return Math.max(0, Number(value) - Number(counters.get('ListenOverflows') ?? 0));
}
