import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.ts';
import { DroppedInput } from './dropped-input.ts';
import { LineRequests } from './requests.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Made {
  readonly connection: Connection;
  readonly socket: Socket;
  readonly lines: string[];
  readonly warnings: string[];
}

/** A connection of at most 10 idle seconds and 8 bytes a line; what it receives, a test emits. */
function make(): Made {
  const socket = new Socket();
  const lines: string[] = [];
  const warnings: string[] = [];
  const connection = new Connection(socket, {
    idleSecs: 10,
    makeRequests: () => new LineRequests(8, (line) => lines.push(line)),
    dropped: new DroppedInput({ warn: (message) => warnings.push(message), everySecs: 60 }),
    onClosed: () => undefined,
  });
  return { connection, socket, lines, warnings };
}

describe('Connection', () => {
  it('stays open as long as it completes requests', () => {
    const { socket, lines } = make();
    for (const line of ['a\n', 'b\n', 'c\n']) {
      vi.advanceTimersByTime(9_999);
      socket.emit('data', Buffer.from(line));
    }
    expect(lines).toEqual(['a', 'b', 'c']);
    expect(socket.destroyed).toBe(false);
  });

  it('is closed when it completes none for a while, even if bytes come, and what it began is counted', async () => {
    const { connection, socket, warnings } = make();
    for (const byte of 'slow') {
      vi.advanceTimersByTime(2_500);
      socket.emit('data', Buffer.from(byte));
    }
    expect(socket.destroyed).toBe(true);
    await connection.close();
    expect(warnings).toEqual([
      'A connection from a client that is gone ended before what it sent last was whole: 4 bytes are lost',
    ]);
  });

  it('is closed when a request is too long, and said to be once', async () => {
    const { connection, socket, lines, warnings } = make();
    socket.emit('data', Buffer.from('short\nvery long indeed'));
    expect(socket.destroyed).toBe(true);
    await connection.close();
    expect(lines).toEqual(['short']);
    expect(warnings).toEqual([
      'Closed a connection from a client that is gone: a line is longer than 8 bytes; correct the sender, or raise "max_request_size"',
    ]);
  });

  it('leaves no timer behind', async () => {
    await make().connection.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('survives a connection that breaks', async () => {
    const { connection, socket, warnings } = make();
    socket.destroy(new Error('read ECONNRESET'));
    await connection.close();
    expect(warnings).toEqual([]);
  });
});
