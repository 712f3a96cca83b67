import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../log/logger.ts';
import { backOffMs } from './back-off.ts';
import type { DeliveryState } from './delivery-contract.ts';
import { LogThrottle } from './log-throttle.ts';
import type { SendOutcome } from './send-outcome.ts';
import type { StopSignals } from './stop-signals.ts';
import type { EncodedRequest, Transport } from './transport.ts';

/** Time between two tries of an endpoint that is wrong: somebody has to change something first. */
export const WRONG_ENDPOINT_PAUSE_MS = 60_000;

const WARN_EVERY_MS = 60_000;
const ERROR_EVERY_MS = 600_000;

/** What a {@link RequestDelivery} works with. */
export interface RequestDeliveryOptions {
  /** Name of the backend. */
  readonly backend: string;
  /** Where its signals go, for messages. */
  readonly printableUrl: (request: EncodedRequest) => string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  readonly stop: StopSignals;
  readonly onState: (state: DeliveryState) => void;
}

/** How a request ended for good. */
export type FinalOutcome =
  | Extract<SendOutcome, { readonly kind: 'accepted' | 'refused' }>
  /** The delivery was stopped; the request may or may not have arrived. */
  | { readonly kind: 'stopped' };

/** Sends one request as often as it takes: until the backend has decided about it, without end. */
export class RequestDelivery {
  readonly #options: RequestDeliveryOptions;
  readonly #warnings: LogThrottle;
  readonly #errors: LogThrottle;

  constructor(options: RequestDeliveryOptions) {
    this.#options = options;
    this.#warnings = new LogThrottle(options.clock, WARN_EVERY_MS);
    this.#errors = new LogThrottle(options.clock, ERROR_EVERY_MS);
  }

  /** The delivery shall stop: every request gets one try more and no other. */
  get isLastTry(): boolean {
    return this.#options.stop.asked.aborted;
  }

  async deliver(request: EncodedRequest): Promise<FinalOutcome> {
    const { transport, stop, clock } = this.#options;
    const startMs = clock.monotonic();
    for (let failures = 0; ; failures++) {
      const { isLastTry } = this;
      const outcome = await transport.send(request, stop.told);
      if (outcome.kind === 'accepted' || outcome.kind === 'refused') {
        if (failures > 0) this.#recovered(request, failures, clock.monotonic() - startMs);
        return outcome;
      }
      if (isLastTry || stop.told.aborted) return this.giveUp(request, outcome.reason);
      if (outcome.kind === 'retry') await this.#pause(request, outcome, failures);
      else await this.pauseAtWrongEndpoint(request, outcome.reason);
    }
  }

  /** Says loudly that the endpoint is wrong, and waits. Returns early when the delivery shall stop. */
  async pauseAtWrongEndpoint(request: EncodedRequest, reason: string): Promise<void> {
    const { backend, clock, stop, onState, printableUrl, logger } = this.#options;
    onState({ kind: 'endpoint-wrong', reason, untilMs: clock.now() + WRONG_ENDPOINT_PAUSE_MS });
    this.#errors.log(reason, (suppressed) => {
      logger.error(
        `Backend "${backend}" takes no ${request.signal} at ${printableUrl(request)}: ${reason}; ` +
          `nothing is lost, it is tried every 60 s. Check endpoint, headers, protocol and tls of this backend`,
        { backend, suppressed },
      );
    });
    await clock.sleep(WRONG_ENDPOINT_PAUSE_MS, stop.asked);
  }

  /** Says that the request was not taken before the delivery had to stop. */
  giveUp(request: EncodedRequest, reason: string): FinalOutcome {
    const { backend, logger } = this.#options;
    logger.warn(
      `Backend "${backend}" did not take the last ${request.signal}: ${reason}; they stay in the spool`,
      {
        backend,
      },
    );
    return { kind: 'stopped' };
  }

  async #pause(
    request: EncodedRequest,
    outcome: Extract<SendOutcome, { kind: 'retry' }>,
    failures: number,
  ): Promise<void> {
    const { backend, clock, random, stop, onState, logger } = this.#options;
    const { reason } = outcome;
    // A wait of zero would be a storm of requests
    const delayMs = outcome.afterMs || backOffMs(failures, random);
    onState({ kind: 'retrying', reason, attempts: failures + 1, untilMs: clock.now() + delayMs });
    this.#warnings.log(reason, (suppressed) => {
      logger.warn(
        `Backend "${backend}" does not take ${request.signal} now: ${reason}; they wait in the spool and are sent as ` +
          `soon as it does`,
        { backend, attempts: failures + 1, suppressed },
      );
    });
    await clock.sleep(delayMs, stop.asked);
  }

  #recovered(request: EncodedRequest, failures: number, tookMs: number): void {
    const { backend, logger, onState } = this.#options;
    this.#warnings.reset();
    this.#errors.reset();
    const seconds = Math.round(tookMs / 1000);
    logger.info(
      `Backend "${backend}" answers again, after ${failures} failed tries of ${request.signal} in ${seconds} s`,
      {
        backend,
      },
    );
    onState({ kind: 'delivering' });
  }
}
