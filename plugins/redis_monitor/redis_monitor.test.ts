import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import type { Redis } from './redis-connection.ts';
import { connectRedis } from './redis-connection.ts';
import { RedisMonitor } from './redis_monitor.ts';

const open: { server: net.Server; sockets: Socket[] }[] = [];

afterEach(() => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A server on loopback, its port, and the connections to it. */
async function serve(
  onData: (socket: Socket, text: string) => void,
): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined).on('data', (data) => onData(socket, data.toString()));
  });
  open.push({ server: server.listen(0, '127.0.0.1'), sockets });
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, sockets };
}

const stopping = new AbortController();

function connect(
  port: number,
  more: { password?: string; username?: string; signal?: AbortSignal } = {},
): Promise<Redis> {
  const { signal = stopping.signal, ...address } = more;
  return connectRedis({ host: '127.0.0.1', port, ...address }, { timeoutSecs: 0.2, signal });
}

describe('connectRedis', () => {
  it('sends commands as lists of texts and reads a reply that comes in pieces', async () => {
    const received: string[] = [];
    const { port } = await serve((socket, text) => {
      received.push(text);
      socket.write('$5\r\ncaf');
      setImmediate(() => socket.write('é\r\n'));
    });
    const redis = await connect(port);
    expect(await redis.call('GET', 'né')).toEqual(Buffer.from('café'));
    expect(received).toEqual(['*2\r\n$3\r\nGET\r\n$3\r\nné\r\n']);
    redis.close();
  });

  it('logs in with user and password', async () => {
    const received: string[] = [];
    const { port } = await serve((socket, text) => {
      received.push(text);
      socket.write('+OK\r\n');
    });
    const redis = await connect(port, { username: 'me', password: 'secret' });
    expect(received).toEqual(['*3\r\n$4\r\nAUTH\r\n$2\r\nme\r\n$6\r\nsecret\r\n']);
    redis.close();
  });

  it('says what to do when the password is wrong, and leaves no connection open', async () => {
    const { port, sockets } = await serve((socket) =>
      socket.write('-WRONGPASS invalid username-password pair\r\n'),
    );
    await expect(connect(port, { password: 'wrong' })).rejects.toThrow(
      'WRONGPASS invalid username-password pair; correct the password and the username of this host',
    );
    await expect.poll(() => sockets[0]?.destroyed).toBe(true);
  });

  it('gives up a server that does not reply', async () => {
    const { port } = await serve(() => undefined);
    const redis = await connect(port);
    await expect(redis.call('PING')).rejects.toThrow('no reply to PING within 0.2 s');
    expect(redis.isOpen).toBe(false);
  });

  it('says when the server closes the connection in the middle of a reply', async () => {
    const { port } = await serve((socket) => socket.end('$5\r\nca'));
    const redis = await connect(port);
    await expect(redis.call('PING')).rejects.toThrow('the server closed the connection');
  });

  it('says when what answers is no Redis', async () => {
    const { port } = await serve((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const redis = await connect(port);
    await expect(redis.call('PING')).rejects.toThrow('what answers is no Redis');
  });

  it('closes the connection when the monitor is stopped', async () => {
    const { port, sockets } = await serve((socket) => socket.write('+PONG\r\n'));
    const ours = new AbortController();
    const redis = await connect(port, { signal: ours.signal });
    await redis.call('PING');
    ours.abort();
    expect(redis.isOpen).toBe(false);
    await expect.poll(() => sockets[0]?.destroyed).toBe(true);
  });
});

describe('redis_monitor', () => {
  it('says for each server once in a while that it cannot be reached', async () => {
    const hosts = [
      { host: '127.0.0.1', port: 1, password: 'secret' },
      { port: 2, host: '127.0.0.1' },
    ];
    const context = new RecordingContext({ module: 'redis_monitor', config: { hosts } });
    const monitor = new RedisMonitor(context);
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(context.diagnostics.map(({ message }) => message).toSorted()).toEqual([
      'Cannot watch Redis at "127.0.0.1:1": connection refused; start Redis, or correct host and port (ECONNREFUSED)',
      'Cannot watch Redis at "127.0.0.1:2": connection refused; start Redis, or correct host and port (ECONNREFUSED)',
    ]);
  });

  it('connects again after the connection broke', async () => {
    const { port, sockets } = await serve((socket, text) => {
      for (const _ of text.matchAll(/\*\d+\r\n/g)) socket.write('*0\r\n');
    });
    const config = { hosts: [{ host: '127.0.0.1', port }], log_latency: false };
    const context = new RecordingContext({ module: 'redis_monitor', config });
    const monitor = new RedisMonitor(context);
    await monitor.gatherSample();
    sockets[0]?.end();
    await once(sockets[0] as Socket, 'close');
    await monitor.gatherSample();
    await monitor.gatherSample();
    context.stopping.abort();
    expect(context.diagnostics).toEqual([]);
    expect(sockets).toHaveLength(2);
  });

  it.each([
    [[], 'Cannot use field "hosts": wanted at least one server, found an empty list'],
    [['localhost'], 'element 1: wanted an object, as { "host": "localhost", "port": 6379 }'],
    [[{ port: 0 }], 'element 1: Value of 0 in field "port" is invalid; minimum is 1'],
    [[{ username: 'me' }], 'element 1: "username" needs a "password" beside it'],
  ])('refuses the hosts %j', (hosts, message) => {
    const context = new RecordingContext({ module: 'redis_monitor', config: { hosts } });
    expect(() => new RedisMonitor(context)).toThrow(message);
  });
});
