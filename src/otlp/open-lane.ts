import type { Clock } from '../clock/clock.ts';
import type { BackendSettings, OtelSettings } from '../config/configuration.ts';
import type { Logger } from '../log/logger.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Position } from '../spool/position.ts';
import { BatchCollector } from './batch-collector.ts';
import type { DeadLetters } from './dead-letter.ts';
import { BatchDelivery } from './deliver-batch.ts';
import { Lane } from './deliver-lane.ts';
import { RequestDelivery } from './deliver-request.ts';
import type { CursorProgress } from './delivery-contract.ts';
import type { LaneSpool } from './lane-spool.ts';
import type { MappingOptions } from './mapping-options.ts';
import { LinePlanner } from './plan-lines.ts';
import { printableUrl } from './signal-url.ts';
import { StopSignals } from './stop-signals.ts';
import type { Transport } from './transport.ts';

/** What a lane is made of. */
export interface OpenLaneOptions {
  readonly backend: BackendSettings;
  readonly signal: Signal;
  readonly spool: LaneSpool;
  /** Where the spool ends now. */
  readonly end: Position;
  readonly settings: Pick<OtelSettings, 'exportIntervalMs' | 'text'>;
  readonly mapping: MappingOptions;
  readonly transport: Transport;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly onProgress: (progress: CursorProgress) => void;
}

/** Puts the parts of one lane together and starts it. */
export function openLane(options: OpenLaneOptions): Lane {
  const { backend, clock, logger, settings, end } = options;
  const stop = new StopSignals();
  const requests = new RequestDelivery({
    ...options,
    backend: backend.name,
    printableUrl: ({ signal }) => printableUrl(backend, signal),
    stop,
    onState: (state) => lane.setState(state),
  });
  const delivery = new BatchDelivery({
    ...options,
    backend: backend.name,
    maxLines: backend.maxExportBatchSize,
    planner: new LinePlanner({ ...options.mapping, backend, text: settings.text, now: () => clock.now() }),
    requests,
  });
  const collector = new BatchCollector(
    { clock, maxLines: backend.maxExportBatchSize, lingerMs: settings.exportIntervalMs },
    end,
  );
  const lane: Lane = new Lane({ ...options, backend: backend.name, collector, delivery, stop, logger }, end);
  return lane;
}
