import { formatLog } from '../../../src/receiver/format-log.ts';
import { formatPoint } from '../../../src/receiver/format-point.ts';
import { decodeContent } from '../../../src/receiver/decode-content.ts';
import { SETTLEMENTS } from '../../../src/ledger/settlement.ts';
import type { SettledByMonitor } from '../../../src/ledger/settlement.ts';
import { Batch } from '../../../src/otlp/batch.ts';
import { MetricDefinitions } from '../../../src/otlp/metric-definitions.ts';
import { LinePlanner } from '../../../src/otlp/plan-lines.ts';
import type { Piece } from '../../../src/otlp/piece.ts';
import { toResource } from '../../../src/otlp/resource.ts';
import type { OtelSettings } from '../../../src/config/configuration.ts';

/** What the monitors of docs/otlp-examples.md declare. */
const DECLARED = [
  { name: 'disk.read', description: 'Bytes read.', unit: 'bytes', cumulative: true },
  { name: 'latency', description: 'Time to answer.', unit: 'sec', cumulative: false },
];

/** What a receiver makes of what is sent for a metric line, or why nothing is sent. */
export async function showMapping(line: string, settings: OtelSettings): Promise<string> {
  const batch = batchOf(line);
  const [piece] = plannerFor(settings).plan(batch);
  if (piece === undefined) return `not sent: ${settledAs(batch.tally())}`;
  return send(piece).catch((error: Error) => `not sent: ${error.message}`);
}

function plannerFor({ text, cumulative, dropAttributes }: OtelSettings): LinePlanner {
  const definitions = new MetricDefinitions();
  definitions.define('example', DECLARED);
  return new LinePlanner({
    backend: { signals: ['metrics', 'logs'], protocol: 'http/protobuf', compression: 'none' },
    text,
    cumulative,
    dropAttributes: new Set(dropAttributes),
    definitions,
    resource: toResource({}),
    now: () => 0,
  });
}

function batchOf(line: string): Batch {
  const text = Buffer.from(`${line}\n`);
  const batch = new Batch();
  const lengths = Uint32Array.of(text.length);
  batch.add({ kind: 'lines', monitor: '', count: 1, lengths, text, next: { segment: 1, offset: 0 } });
  return batch;
}

async function send(piece: Piece): Promise<string> {
  const { body, signal } = await piece.encode();
  const { points, logs } = decodeContent(Buffer.from(body), { signal, encoding: 'protobuf', decode: 'full' });
  return [...points.map(formatPoint), ...logs.map(formatLog)].join('\n');
}

function settledAs(tally: SettledByMonitor): string {
  return SETTLEMENTS.filter((way) => tally['']?.[way] === 1).join();
}
