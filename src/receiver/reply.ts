import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import type { Answer } from './answer.ts';

/** What a client gets to see, well behaved or not. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly trickleMs?: number | undefined }
  /** The connection ends without a byte. */
  | { readonly kind: 'close' };

/** Writes a reply. `signal` ends the pauses between trickled bytes when the receiver closes. */
export async function sendReply(response: ServerResponse, reply: Reply, pace: ReplyPace): Promise<void> {
  if (reply.kind === 'close') {
    response.socket?.destroy();
    return;
  }
  const { status, headers, body } = reply.answer;
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  if (reply.trickleMs === undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  for (let i = 0; i < body.length && !response.destroyed; i++) {
    await pace.clock.sleep(reply.trickleMs, pace.signal);
    response.write(body.subarray(i, i + 1));
  }
  response.end();
}

export interface ReplyPace {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}
