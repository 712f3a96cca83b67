/** Why a command was asked to stop. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'failure' | 'done';

/**
 * Waits for the first SIGINT or SIGTERM, or for whoever calls {@link StopRequest.stop}. A second signal ends the process
 * at once: somebody does not want to wait.
 */
export class StopRequest {
  readonly requested: Promise<StopReason>;
  #resolve: (reason: StopReason) => void = () => {};
  #isRequested = false;

  constructor() {
    this.requested = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    process.on('SIGINT', () => this.#signalled('SIGINT', 130));
    process.on('SIGTERM', () => this.#signalled('SIGTERM', 143));
  }

  stop(reason: 'failure' | 'done'): void {
    this.#isRequested = true;
    this.#resolve(reason);
  }

  #signalled(signal: 'SIGINT' | 'SIGTERM', exitCode: number): void {
    if (this.#isRequested) process.exit(exitCode);
    this.#isRequested = true;
    this.#resolve(signal);
  }
}
