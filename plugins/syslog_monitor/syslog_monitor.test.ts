import dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { SyslogMonitor } from './syslog_monitor.ts';

function makeMonitor(config: ConfigObject = {}) {
  const context = new RecordingContext({ module: 'syslog_monitor', config });
  const monitor = new SyslogMonitor(context);
  monitor.initialize();
  return { monitor, context };
}

/** A monitor that runs and listens at 127.0.0.1. */
async function runMonitor(config: ConfigObject) {
  const { monitor, context } = makeMonitor(config);
  const { listen } = monitor;
  const ports: number[] = [];
  monitor.listen = async (address, settings, intake) => {
    if (address.host !== '127.0.0.1') throw failure('EADDRNOTAVAIL');
    const listener = await listen(address, settings, intake);
    ports.push(listener.port);
    return listener;
  };
  const running = monitor.run();
  const stop = async (): Promise<void> => {
    context.stopping.abort();
    await running;
  };
  onTestFinished(stop);
  await context.until(() => ports.length > 0);
  return { context, port: ports[0] ?? 0, stop, texts: () => textsOf(context) };
}

function textsOf({ lines }: RecordingContext): string[] {
  return lines.map((line) => line.slice(line.indexOf(')] ') + 3).trimEnd());
}

function warningsOf({ diagnostics }: RecordingContext): string[] {
  return diagnostics.filter(({ level }) => level !== 'info').map(({ message }) => message);
}

function failure(code: string): Error {
  return Object.assign(new Error(`listen ${code}`), { code });
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket.resume();
}

describe('syslog_monitor', () => {
  it('writes the messages of the recorded run of the agent’s own monitor, each with a priority', () => {
    const golden = path.resolve(import.meta.dirname, '../../test/golden/monitors/syslog_monitor.txt');
    const recorded = readFileSync(golden, 'utf8').split('# agent_syslog.log:\n')[1] ?? '';
    const expected = path.join(import.meta.dirname, 'testcases/recorded-run/expected.txt');
    const ours = readFileSync(expected, 'utf8').replace(/^.*?\)\] /gm, '');
    expect(recorded.trimEnd().split('\n')).toHaveLength(5);
    expect(ours).toBe(recorded.replace('no pri', '<13>no pri'));
  });

  it.each([
    [false, ['tcp 601 127.0.0.1', 'tcp 601 ::1', 'udp 514 127.0.0.1', 'udp 514 ::1']],
    [true, ['tcp 601 0.0.0.0', 'tcp 601 ::', 'udp 514 0.0.0.0', 'udp 514 ::']],
  ])('listens, with accept_remote_connections %j, at %j', async (remote, expected) => {
    const { monitor, context } = makeMonitor({ accept_remote_connections: remote });
    const addresses: string[] = [];
    monitor.listen = ({ protocol, port, host }) => {
      addresses.push(`${protocol} ${port} ${host}`);
      return Promise.resolve({
        port,
        closed: new Promise((resolve) => context.signal.addEventListener('abort', () => resolve())),
      });
    };
    const running = monitor.run();
    await context.until(({ diagnostics }) => diagnostics.length === 4);
    context.stopping.abort();
    await running;
    expect(addresses).toEqual(expected);
  });

  it.each([
    [
      'EACCES',
      /port 601 of 127\.0\.0\.1: permission denied; .*CAP_NET_BIND_SERVICE.* protocols to a higher port/,
    ],
    ['EADDRINUSE', /something else listens there; end it .* or set protocols to another port/],
    ['ENOBUFS', /^Cannot listen on tcp port 601 of 127\.0\.0\.1: listen ENOBUFS$/],
  ])('says what to do when a port cannot be opened: %s', async (code, message) => {
    const { monitor, context } = makeMonitor({ protocols: 'tcp' });
    monitor.listen = ({ host }) => Promise.reject(failure(host === '::1' ? 'EADDRNOTAVAIL' : code));
    const running = monitor.run();
    await context.until(({ diagnostics }) => diagnostics.length > 0);
    context.stopping.abort();
    await running;
    expect(warningsOf(context)).toEqual([expect.stringMatching(message)]);
  });

  it('says when a fault has closed a port, and opens it again', async () => {
    const { monitor, context } = makeMonitor({ protocols: 'udp' });
    const stopped = new Promise<void>((resolve) => {
      context.signal.addEventListener('abort', () => resolve());
    });
    const ends = [() => Promise.reject(failure('EIO')), () => stopped];
    monitor.listen = ({ host, port }) => {
      const closed = host === '127.0.0.1' ? ends.shift()?.() : undefined;
      return closed === undefined
        ? Promise.reject(failure('EADDRNOTAVAIL'))
        : Promise.resolve({ port, closed });
    };
    monitor.sleep = async (secs) => {
      // the pause before the port is opened again is left out
      if (secs > 10) await stopped;
      return context.signal.aborted;
    };
    const running = monitor.run();
    await context.until(({ diagnostics }) => diagnostics.length === 3);
    context.stopping.abort();
    await running;
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'Listening on udp port 514 of 127.0.0.1',
      'Cannot listen on udp port 514 of 127.0.0.1: listen EIO',
      'Listening on udp port 514 of 127.0.0.1',
    ]);
  });

  it('does not open a port that another program has', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as net.AddressInfo;
    const { monitor, context } = makeMonitor({ protocols: `tcp:${port}` });
    const running = monitor.run();
    await context.until(() => warningsOf(context).length > 0);
    context.stopping.abort();
    await running;
    expect(warningsOf(context)[0]).toContain(`tcp port ${port} of 127.0.0.1: something else listens there`);
  });

  it('takes one message from each datagram', async () => {
    const { context, port, texts } = await runMonitor({ protocols: 'udp:0' });
    const sender = dgram.createSocket('udp4');
    sender.send('<13>one\n<13>still one\n', port, '127.0.0.1');
    await context.until(({ lines }) => lines.length === 1);
    sender.close();
    expect(texts()).toEqual(['<13>one#012<13>still one']);
  });

  it.skipIf(process.platform !== 'linux')(
    'counts what the kernel drops when datagrams come too fast',
    async () => {
      const { context, port, stop, texts } = await runMonitor({
        protocols: 'udp:0',
        udp_receive_buffer: 1024,
      });
      const sender = dgram.createSocket('udp4');
      for (let n = 0; n < 100; n++) sender.send(`<13>${n}`, port, '127.0.0.1');
      await context.until(({ lines }) => lines.length > 0);
      sender.send('<13>last', port, '127.0.0.1');
      await context.until(() => texts().at(-1) === '<13>last');
      sender.close();
      await stop();
      const lost = /^Lost (\d+) messages over UDP, .*raise udp_receive_buffer/.exec(
        warningsOf(context)[0] ?? '',
      )?.[1];
      expect(Number(lost) + texts().length).toBe(101);
    },
  );

  it('writes what came of a message whose end does not come, and says how many', async () => {
    const { context, port, stop, texts } = await runMonitor({
      protocols: 'tcp:0',
      tcp_incomplete_frame_timeout: 0.01,
    });
    const socket = await connect(port);
    socket.write('<13>no end');
    await context.until(({ lines }) => lines.length === 1);
    socket.write('<34>here it is\n<13>next\n');
    await context.until(({ lines }) => lines.length === 3);
    await stop();
    expect(texts()).toEqual(['<13>no end', '<13><34>here it is', '<13>next']);
    expect(warningsOf(context)).toEqual([
      expect.stringContaining('Gave up waiting for the end of a message over TCP once'),
    ]);
  });

  it.each(['batch', 'raw'])('reads no lengths when tcp_request_parser is "%s"', async (parser) => {
    const { context, port, texts } = await runMonitor({ protocols: 'tcp:0', tcp_request_parser: parser });
    (await connect(port)).end('5 <13>a\n');
    await context.until(({ lines }) => lines.length === 1);
    expect(texts()).toEqual(['<13>5 <13>a']);
  });

  it('takes the last message of a connection without its delimiter', async () => {
    const { context, port, texts } = await runMonitor({ protocols: 'tcp:0' });
    (await connect(port)).end('<13>a\n<13>b');
    await context.until(({ lines }) => lines.length === 2);
    expect(texts()).toEqual(['<13>a', '<13>b']);
    expect(warningsOf(context)).toEqual([]);
  });

  it('closes connections beyond tcp_max_connections, and says how many', async () => {
    const { context, port, stop } = await runMonitor({ protocols: 'tcp:0', tcp_max_connections: 1 });
    const first = await connect(port);
    for (const further of [await connect(port), await connect(port)]) {
      if (!further.closed) await once(further, 'close');
    }
    expect(first.closed).toBe(false);
    await stop();
    expect(warningsOf(context)).toEqual([expect.stringContaining('Closed 2 connections at once')]);
  });

  it('closes a connection that has been silent for too long', async () => {
    const { port } = await runMonitor({ protocols: 'tcp:0', tcp_idle_timeout: 0.01 });
    const socket = await connect(port);
    if (!socket.closed) await once(socket, 'close');
    expect(socket.closed).toBe(true);
  });

  it('takes what it has received, closes its connections and its port when it is stopped', async () => {
    const { context, port, stop, texts } = await runMonitor({ protocols: 'tcp:0' });
    const socket = await connect(port);
    socket.write('<13>whole\n<13>half');
    await context.until(({ lines }) => lines.length === 1);
    const closed = once(socket, 'close');
    await stop();
    await closed;
    expect(texts()).toEqual(['<13>whole', '<13>half']);
    await expect(once(net.connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  it('writes whole lines for a flood without a single delimiter', async () => {
    const { context, port, stop, texts } = await runMonitor({ protocols: 'tcp:0' });
    (await connect(port)).end(Buffer.alloc(1_000_000, 'a'));
    await context.until(({ lines }) => lines.length === 123);
    await stop();
    expect(texts().map((text) => text.length)).toEqual([8196, ...Array<number>(121).fill(8196), 580]);
    expect(warningsOf(context)).toEqual([expect.stringContaining('Split 1 message over TCP')]);
  });

  it('writes the largest message that may be, even where every byte must be escaped', async () => {
    const { context, port, texts } = await runMonitor({
      protocols: 'tcp:0',
      message_size_can_exceed_tcp_buffer: true,
      parse_messages: true,
    });
    (await connect(port)).end(Buffer.concat([Buffer.alloc(250_000, 1), Buffer.from('\n')]));
    await context.until(({ lines }) => lines.length === 1);
    expect(texts()[0]).toHaveLength('message "" facility="user" level="notice"'.length + 4 * 250_000);
  });

  it('runs beside another one', async () => {
    const [one, other] = [await runMonitor({ protocols: 'tcp:0' }), await runMonitor({ protocols: 'tcp:0' })];
    (await connect(one.port)).end('<13>to one\n');
    (await connect(other.port)).end('<13>to the other\n');
    await one.context.until(({ lines }) => lines.length === 1);
    await other.context.until(({ lines }) => lines.length === 1);
    expect([one.texts(), other.texts()]).toEqual([['<13>to one'], ['<13>to the other']]);
  });
});
