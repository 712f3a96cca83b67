import { existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChannelServer } from '../../../src/host/python/channel-server.ts';

async function listen(): Promise<ChannelServer> {
  const server = await ChannelServer.listen();
  onTestFinished(() => server.close());
  return server;
}

function connect(server: ChannelServer, text: string): Socket {
  const socket = createConnection(server.path);
  socket.on('error', () => {});
  socket.write(text);
  return socket;
}

describe('ChannelServer', () => {
  it('hands the channels of a token over, whatever their order, with what follows the greeting', async () => {
    const server = await listen();
    const { token, channels } = server.expect();

    for (const role of ['stderr', 'lifeline', 'messages', 'stdout']) connect(server, `${token} ${role}\n`);
    connect(server, `${token} lines\nfirst bytes`);

    const { lines } = await channels;
    const [chunk]: unknown[] = await once(lines, 'data');
    expect(String(chunk)).toBe('first bytes');
  });

  it.each(['0123456789abcdef0123456789abcdef lines\n', 'GET / HTTP/1.1\r\n\r\n', 'x'.repeat(1000)])(
    'closes a connection that nobody expects: %s',
    async (text) => {
      const server = await listen();
      server.expect();

      const socket = connect(server, text);
      socket.resume();

      await once(socket, 'close');
    },
  );

  it('closes a second connection for the same channel', async () => {
    const server = await listen();
    const { token } = server.expect();
    connect(server, `${token} lines\n`);

    const second = connect(server, `${token} lines\n`);
    second.resume();

    await once(second, 'close');
  });

  it('listens where only its user can connect, and leaves nothing behind', async () => {
    const server = await ChannelServer.listen();
    const folder = path.dirname(server.path);
    const mode = statSync(folder).mode & 0o777;

    await server.close();

    expect(mode).toBe(0o700);
    expect(existsSync(folder)).toBe(false);
  });
});
