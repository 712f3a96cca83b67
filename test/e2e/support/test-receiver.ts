import { onTestFinished } from 'vitest';
import { startReceiver } from '../../../src/receiver/receiver.ts';
import type { Receiver, ReceiverOptions } from '../../../src/receiver/receiver.ts';

/** A receiver that keeps what it gets and is closed when the test is over. */
export async function receive(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver({ keep: 1_000_000, ...options });
  onTestFinished(() => receiver.close());
  return receiver;
}

/** The port of a receiver, to start another one in its place. */
export function portOf({ url }: Receiver): number {
  return Number(new URL(url).port);
}

/** Lets a receiver refuse requests until nothing is in flight that it has taken and not acknowledged, and closes it. */
export async function closeBetweenRequests(receiver: Receiver): Promise<void> {
  const { refusedRequests } = receiver.totals;
  receiver.misbehave({ kind: 'status', status: 503 });
  while (receiver.totals.refusedRequests === refusedRequests)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await receiver.close();
}
