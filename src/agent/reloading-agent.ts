import { compareConfigurations } from '../config/compare-configurations.ts';
import type { Configuration, Problem } from '../config/configuration.ts';
import { formatProblem } from '../config/format-problem.ts';
import type { LoadOutcome } from '../config/load-configuration.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { Agent } from './agent.ts';
import type { AgentOptions } from './agent.ts';

export interface ReloadingAgentOptions extends AgentOptions {
  /** Reads the configuration again. */
  readonly load: () => LoadOutcome;
  /** Nothing runs any more, because neither the new nor the old configuration could be started. */
  readonly onLost: () => void;
}

/**
 * A collector that follows its configuration: looks for changes every `config_change_check_interval`, and when it is told
 * to. A configuration with a problem is not used; the running one stays. Monitors whose entry is the same run on; only a
 * change of something that all of them work with (the section `otel`, paths, rotation …) restarts the collector.
 */
export class ReloadingAgent {
  readonly #options: ReloadingAgentOptions;
  #configuration: Configuration;
  #agent: Agent;
  /** What was said about the last configuration that was not used. */
  #complaint = '';
  #cancelCheck: () => void = () => {};
  #working: Promise<void> = Promise.resolve();
  #isStopped = false;

  static async start(options: ReloadingAgentOptions): Promise<ReloadingAgent> {
    const reloading = new ReloadingAgent(options, await Agent.start(options));
    reloading.#scheduleCheck();
    return reloading;
  }

  private constructor(options: ReloadingAgentOptions, agent: Agent) {
    this.#options = options;
    this.#configuration = options.configuration;
    this.#agent = agent;
  }

  get ledger(): LedgerSnapshot {
    return this.#agent.ledger;
  }

  /** Reads the configuration again, now, and gives parked monitors another chance. */
  reload(): Promise<void> {
    return this.#check({ retryParked: true });
  }

  /** Stops the collector; a change in progress is finished first. Safe to call twice. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelCheck();
    await this.#working;
    await this.#agent.stop();
  }

  #scheduleCheck(): void {
    const { clock } = this.#options;
    const intervalMs = this.#configuration.global.configChangeCheckIntervalSecs * 1000;
    this.#cancelCheck = clock.schedule(() => void this.#lookAgain(), intervalMs);
  }

  async #lookAgain(): Promise<void> {
    await this.#check({ retryParked: false });
    if (!this.#isStopped) this.#scheduleCheck();
  }

  #check(how: { readonly retryParked: boolean }): Promise<void> {
    this.#working = this.#working.then(() => this.#follow(how));
    return this.#working;
  }

  /** Never rejects. */
  async #follow({ retryParked }: { readonly retryParked: boolean }): Promise<void> {
    if (this.#isStopped) return;
    const outcome = this.#options.load();
    if (outcome.kind === 'invalid') {
      this.#complain(outcome.problems);
      return;
    }
    this.#complaint = '';
    const next = outcome.configuration;
    const difference = compareConfigurations(this.#configuration, next);
    if (difference === 'more') await this.#restart(next);
    else if (difference === 'monitors' || retryParked) await this.#goOver(next, retryParked);
  }

  async #goOver(next: Configuration, retryParked: boolean): Promise<void> {
    const names = next.monitors.map(({ name }) => name).join(', ');
    this.#options.logger.info(`Going over to the monitors as configured now: ${names || 'none'}`);
    await this.#agent.apply(next, { retryParked });
    this.#configuration = next;
  }

  async #restart(next: Configuration): Promise<void> {
    const { logger } = this.#options;
    logger.info('The configuration has changed: everything is stopped and started again with the new one');
    try {
      await this.#agent.stop();
      this.#agent = await Agent.start({ ...this.#options, configuration: next });
      this.#configuration = next;
    } catch (error) {
      logger.error('Cannot start with the new configuration: going on with the old one', { error });
      await this.#goBack();
    }
  }

  async #goBack(): Promise<void> {
    const { logger, onLost } = this.#options;
    try {
      this.#agent = await Agent.start({ ...this.#options, configuration: this.#configuration });
    } catch (error) {
      logger.error('Cannot start with the old configuration either', { error });
      onLost();
    }
  }

  /** Says what is wrong once, not at every look. */
  #complain(problems: readonly Problem[]): void {
    const complaint = problems.map((problem) => formatProblem(problem)).join('\n  ');
    if (complaint === this.#complaint) return;
    this.#complaint = complaint;
    this.#options.logger.error(`The new configuration is not used, the running one stays:\n  ${complaint}`, {
      errorCode: 'badConfigFile',
    });
  }
}
