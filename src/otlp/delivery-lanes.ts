import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { BackendSettings, OtelSettings } from '../config/configuration.ts';
import type { Logger } from '../log/logger.ts';
import { SIGNALS } from '../metric-line/line-block.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Position } from '../spool/position.ts';
import { DeadLetterFile } from './dead-letter.ts';
import type { Lane } from './deliver-lane.ts';
import type { CursorProgress, Delivery, MetricMetadata } from './delivery-contract.ts';
import { HttpTransport } from './http-transport.ts';
import { openLaneSpool } from './lane-spool.ts';
import type { LaneSpool, SpoolState } from './lane-spool.ts';
import { MetricDefinitions } from './metric-definitions.ts';
import { openLane } from './open-lane.ts';
import { toResource } from './resource.ts';
import type { ResourceAttributes } from './resource-attributes.ts';
import type { DefinitionsByMonitor } from './stored-definitions.ts';
import type { Transport } from './transport.ts';

/** Everything that delivery is told; plain data, so that it can travel to another thread. */
export interface DeliverySettings {
  readonly backends: readonly BackendSettings[];
  readonly otel: Pick<OtelSettings, 'exportIntervalMs' | 'text' | 'cumulative' | 'dropAttributes'>;
  readonly resourceAttributes: ResourceAttributes;
  /** What was known of metrics when delivery starts. */
  readonly definitions: DefinitionsByMonitor;
  /** The spools as they are when delivery starts. */
  readonly spools: Readonly<Record<Signal, SpoolState>>;
  /** `<data>/dead-letter` */
  readonly deadLetterFolder: string;
  /** Name and version, as in a User-Agent header. */
  readonly userAgent: string;
}

/** What delivery works with. */
export interface DeliveryDependencies {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  readonly onProgress: (progress: CursorProgress) => void;
  readonly openSpool?: (backend: string, spool: SpoolState) => Promise<LaneSpool>;
  readonly openTransport?: (backend: BackendSettings) => Transport;
}

interface RunningLane {
  readonly signal: Signal;
  readonly lane: Lane;
  readonly transport: Transport;
}

/** Delivery in this very thread: a lane for each backend and each spool. */
export class DeliveryLanes implements Delivery {
  readonly #definitions: MetricDefinitions;
  readonly #lanes: readonly RunningLane[];

  private constructor(definitions: MetricDefinitions, lanes: readonly RunningLane[]) {
    this.#definitions = definitions;
    this.#lanes = lanes;
  }

  /** Opens the cursors and starts all lanes. Rejects when a cursor cannot be opened; then nothing runs. */
  static async start(settings: DeliverySettings, dependencies: DeliveryDependencies): Promise<DeliveryLanes> {
    const definitions = new MetricDefinitions();
    for (const [monitor, metrics] of settings.definitions) definitions.define(monitor, metrics);
    const places = await openPlaces(settings, dependencies);
    const openTransport = dependencies.openTransport ?? httpTransports(settings, dependencies);
    const mapping = {
      resource: toResource(settings.resourceAttributes),
      definitions,
      cumulative: settings.otel.cumulative,
      dropAttributes: new Set(settings.otel.dropAttributes),
    };
    const lanes = places.map((place) => {
      const transport = openTransport(place.backend);
      const { end } = settings.spools[place.signal];
      const lane = openLane({ ...dependencies, ...place, end, settings: settings.otel, mapping, transport });
      return { signal: place.signal, lane, transport };
    });
    return new DeliveryLanes(definitions, lanes);
  }

  advance(signal: Signal, end: Position): void {
    for (const running of this.#lanes) {
      if (running.signal === signal) running.lane.advance(end);
    }
  }

  define(monitorModule: string, metrics: readonly MetricMetadata[]): void {
    this.#definitions.define(monitorModule, metrics);
  }

  async stop(deadlineMs: number): Promise<void> {
    await Promise.all(this.#lanes.map(({ lane }) => lane.stop(deadlineMs)));
    for (const { transport } of this.#lanes) transport.close();
  }
}

/** A backend in a spool. */
interface Place {
  readonly backend: BackendSettings;
  readonly signal: Signal;
  readonly spool: LaneSpool;
  readonly deadLetters: DeadLetterFile;
}

async function openPlaces(settings: DeliverySettings, dependencies: DeliveryDependencies): Promise<Place[]> {
  const places: Place[] = [];
  try {
    for (const backend of settings.backends) {
      const path = join(settings.deadLetterFolder, `${backend.name}.jsonl`);
      const deadLetters = new DeadLetterFile({ ...dependencies, path });
      for (const signal of SIGNALS) {
        const spool = await openSpool(backend.name, settings.spools[signal], dependencies);
        places.push({ backend, signal, spool, deadLetters });
      }
    }
    return places;
  } catch (error) {
    await Promise.all(places.map(({ spool }) => spool.close()));
    throw error;
  }
}

function openSpool(
  backend: string,
  spool: SpoolState,
  { clock, logger, openSpool: open }: DeliveryDependencies,
): Promise<LaneSpool> {
  return open === undefined ? openLaneSpool({ backend, spool, clock, logger }) : open(backend, spool);
}

function httpTransports(settings: DeliverySettings, { clock }: DeliveryDependencies) {
  return (backend: BackendSettings): Transport =>
    new HttpTransport({ backend, userAgent: settings.userAgent, clock });
}
