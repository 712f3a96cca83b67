import { defineMetric } from 'scalyr-otel-bridge';
import type { DeclaredMetric } from 'scalyr-otel-bridge';

type ExtraFields = Readonly<Record<string, string>>;

const INTERFACE = { iface: 'name of the interface', direction: '`in` or `out`' };

/** Metrics of interfaces, sockets and TCP, each with its heading. */
export const NETWORK_METRICS: readonly DeclaredMetric[] = [
  counter('proc.net.bytes', 'Received or sent.', { unit: 'bytes', extraFields: INTERFACE }),
  counter('proc.net.packets', 'Packets received or sent.', { extraFields: INTERFACE }),
  counter('proc.net.errs', 'Packets with errors.', { extraFields: INTERFACE }),
  counter('proc.net.dropped', 'Packets dropped.', { extraFields: INTERFACE }),
  socket('num_sockets', 'Sockets there are.', '`tcp`'),
  socket('num_timewait', 'TCP sockets in TIME_WAIT.'),
  socket('sockets_inuse', 'Sockets in use.', '`tcp`, `udp`, `udplite` or `raw`'),
  socket('num_orphans', 'TCP sockets that belong to no program any more.'),
  { ...socket('memory', 'Memory of sockets and fragments.', '`tcp`, `udp` or `ipfrag`'), unit: 'bytes' },
  socket('ipfragqueues', 'IP packets being put together from fragments.'),
  tcp('syncookies', 'SYN cookies, sent when the queue of new connections is full.', {
    type: '`sent`, `received` or `failed` (came back wrong)',
  }),
  tcp('memory.prune', 'Packets dropped because a socket used too much memory.', {
    type: '`drop_ofo_queue`: those out of order; `drop_received`: any',
  }),
  tcp('delayedack', 'Acknowledgements that waited for data to go with.', {
    type: '`sent`, `locked` (put off, the socket was locked) or `lost` (the peer sent again)',
  }),
  tcp('failed_accept', 'Connections that could not be accepted.', {
    reason: '`full_acceptq`: the program did not take them in time; `other`',
  }),
  tcp('packetloss.recovery', 'Times lost packets were recovered.', { type: '`fast_retransmit` or `sack`' }),
  tcp('reording', 'Times packets came in another order.', {
    detectedby: '`sack`, `fast_retransmit`, `timestamp`, or `fack` on old kernels',
  }),
  tcp('congestion.recovery', 'Times congestion turned out to be none.', {
    type: '`full_undo`, `hoe_heuristic`, `sack` or `ack`',
  }),
  tcp('abort', 'Connections that this machine broke off.', {
    type: '`data_after_fin_wait1`, `data_after_close`, `out_of_memory`, `timeout` or `linger`',
  }),
  tcp('abort.failed', 'Resets that could not be sent for want of memory.'),
  tcp('memory.pressure', 'Times TCP began to save memory.'),
  tcp('invalid_sack', 'Selective acknowledgements that made no sense.', {
    type: '`invalid`, `retransmit` or `olddup` (duplicates, during a retransmission or not)',
  }),
  tcp('receive.queue.full', 'Packets dropped because the queue of a socket was full.'),
];

function counter(
  name: string,
  description: string,
  more: { readonly unit?: string; readonly extraFields?: ExtraFields },
): DeclaredMetric {
  return defineMetric({ name, description, cumulative: true, category: 'Network interfaces', ...more });
}

function socket(name: string, description: string, types?: string): DeclaredMetric {
  return defineMetric({
    name: `net.sockstat.${name}`,
    description,
    category: 'Sockets',
    ...(types !== undefined && { extraFields: { type: types } }),
  });
}

function tcp(name: string, description: string, extraFields?: ExtraFields): DeclaredMetric {
  return defineMetric({
    name: `net.stat.tcp.${name}`,
    description,
    cumulative: true,
    category: 'TCP',
    ...(extraFields && { extraFields }),
  });
}
