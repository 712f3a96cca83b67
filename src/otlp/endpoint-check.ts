import type { FinalOutcome, RequestDelivery } from './deliver-request.ts';
import type { Piece } from './piece.ts';
import type { EncodedRequest } from './transport.ts';

type Refused = Extract<FinalOutcome, { kind: 'refused' }>;

/** Lines that are tried alone before the endpoint is said to refuse everything. */
const SAMPLES = 4;
const TOO_LARGE = 413;

/**
 * Tells data that a backend refuses from a backend that refuses everything.
 *
 * A backend that does not understand the configured protocol, say, answers 400 to all there is; halving would then send
 * every line alone, and then to the dead letters. So before a backend that has not accepted anything lately is believed, it
 * is offered an empty request and a few single lines. If it refuses them all, the endpoint is wrong, and the data stays.
 */
export class EndpointCheck {
  readonly #requests: RequestDelivery;
  #hasAccepted = false;

  constructor(requests: RequestDelivery) {
    this.#requests = requests;
  }

  /** Nothing of a whole batch was accepted: the backend may have become another one. */
  doubt(): void {
    this.#hasAccepted = false;
  }

  /** The outcome of `request` that may be believed: waits, and sends it again, while the endpoint refuses everything. */
  async confirm(outcome: FinalOutcome, piece: Piece, request: EncodedRequest): Promise<FinalOutcome> {
    let confirmed = outcome;
    while (this.#isDoubtful(confirmed, piece)) {
      const { isLastTry } = this.#requests;
      const verdict = await this.#offerSamples(piece);
      if (verdict.kind === 'stopped') return verdict;
      if (verdict.kind === 'accepted') break;
      const reason = `refuses every request: ${confirmed.reason}`;
      if (isLastTry) return this.#requests.giveUp(request, reason);
      await this.#requests.pauseAtWrongEndpoint(request, reason);
      confirmed = await this.#requests.deliver(request);
    }
    if (confirmed.kind === 'accepted') this.#hasAccepted = true;
    return confirmed;
  }

  /** A request that is too large is divided first: only of a single line it says more than that. */
  #isDoubtful(outcome: FinalOutcome, piece: Piece): outcome is Refused {
    if (outcome.kind !== 'refused' || this.#hasAccepted) return false;
    return outcome.status !== TOO_LARGE || piece.length === 1;
  }

  /** The first outcome that is not a refusal, or the last refusal. */
  async #offerSamples(piece: Piece): Promise<FinalOutcome> {
    const { length } = piece;
    const step = Math.max(1, Math.floor(length / SAMPLES));
    const starts = Array.from({ length: Math.min(SAMPLES, length) }, (_, i) => i * step);
    const samples = [piece.slice(0, 0), ...starts.map((start) => piece.slice(start, start + 1))];
    let outcome: FinalOutcome = { kind: 'stopped' };
    for (const sample of samples) {
      outcome = await this.#requests.deliver(await sample.encode());
      if (outcome.kind !== 'refused') break;
    }
    if (outcome.kind === 'accepted') this.#hasAccepted = true;
    return outcome;
  }
}
