import { startReceiver } from '../../src/receiver/receiver.ts';

/** A receiver in a process of its own that only counts; tells its parent the URL and, whenever asked, its totals. */
const receiver = await startReceiver({ decode: 'count' });
process.send?.({ url: receiver.url });
process.on('message', () => process.send?.({ points: receiver.totals.points }));
process.on('disconnect', () => void receiver.close());
