import { startReceiver } from '../../src/receiver/receiver.ts';
import type { ReceiverReport } from './bench-receiver.ts';

/** A receiver in a process of its own that only counts; tells its parent where it is and, whenever asked, its totals. */
let bodyBytes = 0;
const receiver = await startReceiver({
  decode: 'count',
  onRequest: ({ headers }) => {
    bodyBytes += Number(headers['content-length'] ?? 0);
  },
});

function report(): void {
  const { points, requests } = receiver.totals;
  const message: ReceiverReport = { url: receiver.url, points, requests, bodyBytes };
  process.send?.(message);
}

process.on('message', report);
process.on('disconnect', () => void receiver.close());
report();
