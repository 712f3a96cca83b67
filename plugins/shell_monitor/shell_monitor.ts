import { defineMetric, excerptOf, readPattern, ScalyrMonitor } from 'scalyr-otel-bridge';
import { command, extract, logAllLines, maxCharacters, timeout } from './options.ts';
import { runCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';

const HOUR_SECS = 3600;

/** Runs a command in each sample and records what it writes. */
export class ShellMonitor extends ScalyrMonitor {
  static override readonly description = 'Runs a shell command and records its output.';
  static override readonly configOptions = [command, extract, logAllLines, maxCharacters, timeout];
  static override readonly metrics = [
    defineMetric({
      name: 'output',
      description: 'What the command wrote: first to stderr, if anything, then to stdout.',
      extraFields: {
        command: 'the command',
        duration: 'whole seconds it took',
        exit_code: 'its exit code; below zero: the signal that ended it',
        length: 'characters of the output, or of what `extract` took of it',
      },
    }),
  ];

  /** Milliseconds that only go forward. */
  now: () => number = () => performance.now();
  #extract: RegExp | undefined;

  override initialize(): void {
    const pattern = this.config.get(extract);
    if (pattern !== '') this.#extract = readPattern(pattern, { field: extract.name, needsGroup: true });
  }

  override async gatherSample(): Promise<void> {
    const startedAt = this.now();
    const result = await this.#run();
    if (result === undefined || this.signal.aborted) return;
    if (result.timedOut) this.#reportTimeout();
    const excerpt = excerptOf(result.output, {
      extract: this.#extract,
      allLines: this.config.get(logAllLines),
      maxCharacters: this.config.get(maxCharacters),
    });
    this.logger.emitValue('output', excerpt.text, {
      command: this.config.get(command),
      duration: Math.floor((this.now() - startedAt) / 1000),
      exit_code: result.exitCode,
      length: excerpt.length,
    });
  }

  async #run(): Promise<CommandResult | undefined> {
    try {
      return await runCommand(this.config.get(command), {
        timeoutSecs: this.config.get(timeout),
        signal: this.signal,
      });
    } catch (error) {
      this.logger.error(`Cannot run the command of "${this.monitorName}" with /bin/sh`, {
        error,
        limitOncePerSecs: HOUR_SECS,
        limitKey: 'start',
      });
      return undefined;
    }
  }

  #reportTimeout(): void {
    this.logger.warn(
      `Ended the command of "${this.monitorName}", which took longer than ${this.config.get(timeout)} s: give it a ` +
        `longer "${timeout.name}", or make it quicker`,
      { limitOncePerSecs: HOUR_SECS, limitKey: 'timeout' },
    );
  }
}
