/** Entry of the thread that delivers: started by start-delivery.ts, which speaks with it in worker-message.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock/system-clock.ts';
import type { LogContext, Logger } from '../log/logger.ts';
import { DeliveryLanes } from './delivery-lanes.ts';
import type { DeliverySettings } from './delivery-lanes.ts';
import { ProgressThrottle } from './progress-throttle.ts';
import type { DeliveryCommand, DeliveryReport } from './worker-message.ts';

const port = parentPort;
if (port === null) throw new Error('delivery-worker runs in a worker thread only');

function report(message: DeliveryReport): void {
  port?.postMessage(message);
}

function forward(level: keyof Logger): (message: string, context?: LogContext) => void {
  return (message, context) => report({ kind: 'log', level, message, context });
}

const logger: Logger = {
  debug: forward('debug'),
  info: forward('info'),
  warn: forward('warn'),
  error: forward('error'),
};
const throttle = new ProgressThrottle(systemClock, (progress) => report({ kind: 'progress', progress }));
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- start-delivery.ts gives exactly this
const settings = workerData as DeliverySettings;

const delivery = await DeliveryLanes.start(settings, {
  clock: systemClock,
  random: Math.random,
  logger,
  onProgress: (progress) => throttle.report(progress),
});

port.on('message', (command: DeliveryCommand) => {
  if (command.kind === 'advance') delivery.advance(command.signal, command.end);
  else if (command.kind === 'define') delivery.define(command.monitor, command.metrics);
  else void stop(command.deadlineMs);
});

/** An error in here ends the thread as any other would. */
async function stop(deadlineMs: number): Promise<void> {
  await delivery.stop(deadlineMs);
  throttle.flush();
  port?.close();
}
