import { isUtf8 } from 'node:buffer';
import type { Losses, MonitorLogger } from 'scalyr-otel-bridge';
import { cleanMessage } from './clean-message.ts';
import type { Loss } from './loss-texts.ts';
import { parseSyslog } from './parse-syslog.ts';

export interface IntakeSetup {
  readonly logger: MonitorLogger;
  /** Whether messages are taken apart. */
  readonly parses: boolean;
  readonly losses: Losses<Loss>;
}

export interface TakeOptions {
  /** The beginning of the message was taken before. */
  readonly isRest?: boolean;
  /** What happened to it. */
  readonly loss?: Loss | undefined;
}

/** Where all connections and ports put their messages. */
export class Intake {
  readonly #setup: IntakeSetup;

  constructor(setup: IntakeSetup) {
    this.#setup = setup;
  }

  get losses(): Losses<Loss> {
    return this.#setup.losses;
  }

  /** Emits a message, unless there is nothing in it. */
  take(bytes: Buffer, { isRest = false, loss }: TakeOptions = {}): void {
    const message = cleanMessage(bytes, { isRest });
    if (message === undefined) return;
    if (loss !== undefined) this.losses.add(loss);
    if (!isUtf8(bytes)) this.losses.add('notUtf8');
    this.#emit(message);
  }

  #emit(message: string): void {
    const { logger, parses } = this.#setup;
    if (!parses) {
      logger.info(message, { emitToMetricLog: true });
      return;
    }
    const { text, fields } = parseSyslog(message);
    logger.emitValue('message', text, fields);
  }
}
