import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { apportion } from './apportion.ts';
import type { Batch } from './batch.ts';
import { BatchSize } from './batch-size.ts';
import { cleanMessage } from './clean-message.ts';
import type { DeadLetters } from './dead-letter.ts';
import type { FinalOutcome, RequestDelivery } from './deliver-request.ts';
import { EndpointCheck } from './endpoint-check.ts';
import { LogThrottle } from './log-throttle.ts';
import type { Piece } from './piece.ts';
import type { LinePlanner } from './plan-lines.ts';
import type { EncodedRequest } from './transport.ts';

/** What a {@link BatchDelivery} works with. */
export interface BatchDeliveryOptions {
  /** Name of the backend. */
  readonly backend: string;
  /** Most lines in one request. */
  readonly maxLines: number;
  readonly planner: LinePlanner;
  readonly requests: RequestDelivery;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Accepted = Extract<FinalOutcome, { kind: 'accepted' }>;
type Refused = Extract<FinalOutcome, { kind: 'refused' }>;

const WARN_EVERY_MS = 60_000;
const NOT_SENT = 0;

/**
 * Brings the lines of a batch to a backend until each of them is settled. What is refused is halved until the bad lines
 * stand alone; those go to the dead letters, the good ones through, and all of them in their order.
 */
export class BatchDelivery {
  readonly #options: BatchDeliveryOptions;
  readonly #size: BatchSize;
  readonly #endpoint: EndpointCheck;
  readonly #warnings: LogThrottle;

  constructor(options: BatchDeliveryOptions) {
    this.#options = options;
    this.#size = new BatchSize(options.maxLines);
    this.#endpoint = new EndpointCheck(options.requests);
    this.#warnings = new LogThrottle(options.clock, WARN_EVERY_MS);
  }

  /** `stopped`: the delivery was stopped before every line was settled. */
  async deliver(batch: Batch): Promise<'settled' | 'stopped'> {
    for (const piece of this.#options.planner.plan(batch)) {
      if ((await this.#deliverPiece(batch, piece)) === 'stopped') return 'stopped';
    }
    return 'settled';
  }

  async #deliverPiece(batch: Batch, whole: Piece): Promise<'settled' | 'stopped'> {
    /** The next one is the last. */
    const open = [whole];
    let hasAccepted = false;
    for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
      const { length } = piece;
      if (length > this.#size.limit) {
        open.push(piece.slice(this.#size.limit, length), piece.slice(0, this.#size.limit));
        continue;
      }
      const outcome = await this.#send(piece);
      if (outcome.kind === 'stopped') return 'stopped';
      hasAccepted ||= outcome.kind === 'accepted';
      if (outcome.kind === 'accepted') await this.#accepted(batch, piece, outcome);
      else if (length === 1) await this.#bury(batch, piece, outcome);
      else open.push(...this.#divide(piece, outcome));
    }
    if (!hasAccepted) this.#endpoint.doubt();
    return 'settled';
  }

  async #send(piece: Piece): Promise<FinalOutcome> {
    const request = await this.#encode(piece);
    if ('kind' in request) return request;
    const outcome = await this.#options.requests.deliver(request);
    return this.#endpoint.confirm(outcome, piece, request);
  }

  async #encode(piece: Piece): Promise<EncodedRequest | Refused> {
    try {
      return await piece.encode();
    } catch (error) {
      const why = cleanMessage(error instanceof Error ? error.message : String(error));
      return { kind: 'refused', status: NOT_SENT, reason: `cannot be sent: ${why}` };
    }
  }

  #divide(piece: Piece, outcome: Refused): Piece[] {
    if (outcome.status === 413) this.#size.tooLarge(piece.length);
    return piece.halves().toReversed();
  }

  async #accepted(batch: Batch, piece: Piece, outcome: Accepted): Promise<void> {
    const { length } = piece;
    const rejected = Math.min(outcome.rejectedItems, length);
    this.#size.taken(length);
    if (rejected > 0 && rejected === length) {
      await this.#bury(batch, piece, { kind: 'refused', status: 200, reason: outcome.message });
      return;
    }
    for (const index of piece.indexes) batch.settle(index, 'acknowledged');
    if (rejected > 0) settleRejected(batch, piece, rejected);
    if (rejected > 0 || outcome.message !== '') this.#warnAboutAccepted(piece, rejected, outcome.message);
  }

  async #bury(batch: Batch, piece: Piece, { status, reason }: Refused): Promise<void> {
    const { backend, clock, deadLetters, logger } = this.#options;
    const time = new Date(clock.now()).toISOString();
    await deadLetters.write(
      piece.indexes.map((index) => ({ time, backend, status, reason, line: batch.lines[index] ?? '' })),
    );
    for (const index of piece.indexes) batch.settle(index, 'rejected');
    this.#warnings.log(`refused ${reason}`, (suppressed) => {
      logger.warn(
        `Backend "${backend}" refuses ${piece.length} ${piece.signal}: ${reason}; see "${deadLetters.path}"`,
        {
          backend,
          status,
          suppressed,
        },
      );
    });
  }

  #warnAboutAccepted(piece: Piece, rejected: number, message: string): void {
    const { backend, logger } = this.#options;
    const { length } = piece;
    const what =
      rejected === 0
        ? `Backend "${backend}" took ${length} ${piece.signal} and said: ${message}`
        : `Backend "${backend}" rejected ${rejected} of ${length} ${piece.signal} and does not say which: ${message}`;
    this.#warnings.log(message, (suppressed) => {
      logger.warn(what, { backend, suppressed });
    });
  }
}

/**
 * The backend did not say which lines it rejected. They are counted for the monitors in proportion to their lines in the
 * request, so that the sums are right; which of a monitor's lines are marked has no meaning.
 */
function settleRejected(batch: Batch, piece: Piece, rejected: number): void {
  const byMonitor = new Map<string, number[]>();
  for (const index of piece.indexes) {
    const monitor = batch.monitorOf(index);
    const group = byMonitor.get(monitor);
    if (group === undefined) byMonitor.set(monitor, [index]);
    else group.push(index);
  }
  const groups = [...byMonitor.values()];
  const shares = apportion(
    rejected,
    groups.map((group) => group.length),
  );
  for (const [i, group] of groups.entries()) {
    for (const index of group.slice(0, shares[i])) batch.settle(index, 'rejected');
  }
}
