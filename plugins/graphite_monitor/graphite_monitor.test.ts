import { once } from 'node:events';
import net from 'node:net';
import type { Socket } from 'node:net';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { afterEach, describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { GraphiteMonitor } from './graphite_monitor.ts';

interface Running {
  readonly context: RecordingContext;
  readonly monitor: GraphiteMonitor;
  /** That of plaintext, unless it is switched off. */
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const running: Running[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

function make(config: ConfigObject): { monitor: GraphiteMonitor; context: RecordingContext } {
  const context = new RecordingContext({
    module: 'graphite_monitor',
    config: { plaintext_port: 0, pickle_port: 0, ...config },
  });
  return { monitor: new GraphiteMonitor(context), context };
}

async function start(config: ConfigObject = {}): Promise<Running> {
  const { monitor, context } = make(config);
  const listening = new Promise<readonly number[]>((resolve) => {
    monitor.onListening = resolve;
  });
  monitor.initialize();
  const end = monitor.run();
  const [port = 0] = await listening;
  const stop = async (): Promise<void> => {
    context.stopping.abort();
    await end;
  };
  const started = { context, monitor, port, stop };
  running.push(started);
  return started;
}

/** A connection that reads nothing, and whether it was closed. */
async function connect(port: number, host = '127.0.0.1'): Promise<{ socket: Socket; closed: Promise<void> }> {
  const socket = net.connect({ host, port });
  sockets.push(socket);
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.resume().on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, closed };
}

const valuesOf = ({ lines }: RecordingContext): string[] =>
  lines.map((line) => line.replace(/^.*\)\] (\S+ \S+).*\n$/, '$1'));

describe('GraphiteMonitor', () => {
  it('takes lines from several connections at once, cut anywhere', async () => {
    const { context, port } = await start();
    const one = await connect(port);
    const other = await connect(port);
    one.socket.write('app.one 1 17000');
    other.socket.write('app.other 2 1700000000\n');
    await context.until(({ lines }) => lines.length === 1);
    one.socket.write('00000\n');
    await context.until(({ lines }) => lines.length === 2);
    expect(valuesOf(context)).toEqual(['app.other 2.0', 'app.one 1.0']);
  });

  it('runs beside another instance', async () => {
    const [one, other] = [await start(), await start()];
    (await connect(one.port)).socket.write('app.one 1 1700000000\n');
    (await connect(other.port)).socket.write('app.other 2 1700000000\n');
    await one.context.until(({ lines }) => lines.length === 1);
    await other.context.until(({ lines }) => lines.length === 1);
    expect([valuesOf(one.context), valuesOf(other.context)]).toEqual([['app.one 1.0'], ['app.other 2.0']]);
  });

  it('refuses connections beyond the limit, and counts them', async () => {
    const { context, port, stop } = await start({ max_connections: 1 });
    const { socket } = await connect(port);
    socket.write('app.first 1 1700000000\n');
    await context.until(({ lines }) => lines.length === 1);
    for (const { closed } of [await connect(port), await connect(port), await connect(port)]) await closed;
    await stop();
    const refusal =
      'Refused a connection to plaintext_port: 1 are open, as many as may be; let clients close theirs, or raise "max_connections"';
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      refusal,
      `${refusal} (2 such since the last message)`,
    ]);
  });

  it('closes its connections and its ports when it is stopped', async () => {
    const { context, port, stop } = await start();
    const { socket, closed } = await connect(port);
    socket.write('app.first 1 1700000000\n');
    await context.until(({ lines }) => lines.length === 1);
    await stop();
    await closed;
    await expect(connect(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('counts what a connection has not finished when it is stopped', async () => {
    const { context, port, stop } = await start();
    const { socket } = await connect(port);
    socket.write('app.first 1 1700000000\napp.sec');
    await context.until(({ lines }) => lines.length === 1);
    await stop();
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'A connection from 127.0.0.1 ended before what it sent last was whole: 7 bytes are lost',
    ]);
  });

  it.skipIf(process.platform !== 'linux')(
    'listens on all addresses when it may, and else on loopback only',
    async () => {
      const local = await start();
      const open = await start({ only_accept_local: false });
      await expect(connect(local.port, '127.0.0.2')).rejects.toThrow('ECONNREFUSED');
      (await connect(open.port, '127.0.0.2')).socket.write('app.far 1 1700000000\n');
      await open.context.until(({ lines }) => lines.length === 1);
      expect(valuesOf(open.context)).toEqual(['app.far 1.0']);
    },
  );

  it('says which port is taken, by which option, and leaves nothing open', async () => {
    const { port } = await start({ accept_pickle: false });
    const { monitor } = make({ pickle_port: port });
    await expect(monitor.run()).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port}: another program or instance has the port; ` +
        'stop that, or choose another port with "pickle_port"',
    );
  });

  it('opens only the port of the protocol that is accepted', async () => {
    const { monitor, context } = make({ accept_plaintext: false });
    const listening = new Promise<readonly number[]>((resolve) => {
      monitor.onListening = resolve;
    });
    const end = monitor.run();
    expect(await listening).toHaveLength(1);
    context.stopping.abort();
    await end;
  });

  it.each([
    [
      { accept_plaintext: false, accept_pickle: false },
      'both protocols are switched off; set "accept_plaintext" or "accept_pickle" to true',
    ],
    [
      { plaintext_port: 2003, pickle_port: 2003 },
      'Cannot listen for two protocols on port 2003: "plaintext_port" and "pickle_port" have to differ',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => make(config).monitor.initialize()).toThrow(message);
  });

  it('has no limit to its metric log, unless the entry sets one', () => {
    expect(make({}).monitor.describe()).toMatchObject({
      drivesItself: true,
      metricLog: { writeRate: -1, maxWriteBurst: -1, flushDelaySecs: 1 },
    });
    const { monitor } = make({ monitor_log_write_rate: 5, monitor_log_flush_delay: 0 });
    expect(monitor.describe().metricLog).toMatchObject({ writeRate: 5, flushDelaySecs: 0 });
  });
});
