import { once } from 'node:events';
import { createConnection, createServer, Socket } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeFrame } from '../../../src/host/line-frame.ts';
import { ProcessLines } from '../../../src/host/process/process-lines.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Both ends of a channel. */
async function channel(): Promise<{ readonly ours: Socket; readonly theirs: Socket }> {
  const server = createServer();
  onTestFinished(() => void server.close());
  const socketPath = path.join(temporaryFolder(), 's');
  server.listen(socketPath);
  await once(server, 'listening');
  const theirs = createConnection(socketPath);
  const [ours]: unknown[] = await once(server, 'connection');
  if (!(ours instanceof Socket)) throw new Error('No connection');
  return { ours, theirs };
}

describe('the lines of a process that died', () => {
  const stream = Buffer.concat(['a 1\n', 'b 2\n', 'c 3\n'].map((line) => encodeFrame(line, 'metrics')));

  it.each([
    { what: 'follow exactly on what arrived', arrived: 16, offset: 16 },
    { what: 'overlap with what arrived', arrived: 16, offset: 8 },
    { what: 'begin in the middle of a frame', arrived: 11, offset: 8 },
    { what: 'are all that there is', arrived: 0, offset: 0 },
    { what: 'had arrived after all', arrived: 24, offset: 8 },
  ])('are complete, each once, when those it had no time to send $what', async ({ arrived, offset }) => {
    const { ours, theirs } = await channel();
    const lines = new ProcessLines(ours, { monitor: 'x()', clock: new FakeClock(), onReadable() {} });
    theirs.end(stream.subarray(0, arrived));

    await lines.takeRest({ offset, bytes: Buffer.from(stream.subarray(offset)) });

    const texts: string[] = [];
    for (let block = lines.drain(1000); block !== undefined; block = lines.drain(1000)) {
      texts.push(block.text.toString());
    }
    expect(texts.join('')).toBe('a 1\nb 2\nc 3\n');
  });

  it('are cut where the last one is not complete', async () => {
    const { ours, theirs } = await channel();
    const lines = new ProcessLines(ours, { monitor: 'x()', clock: new FakeClock(), onReadable() {} });
    theirs.end(stream.subarray(0, 13));

    await lines.takeRest();

    expect(lines.drain(1000)?.text.toString()).toBe('a 1\n');
    expect(lines.drain(1000)).toBeUndefined();
  });
});
