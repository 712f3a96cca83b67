import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { httpRequest } from 'scalyr-otel-bridge';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpFailure } from '../../src/monitor/http-failure.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { DockerMonitor } from './docker_monitor.ts';
import { inParallel } from './in-parallel.ts';
import { parseContainers } from './parse-containers.ts';

const STATS = JSON.stringify({ read: '2023-11-14T22:13:19Z', memory_stats: { usage: 4096 } });

function makeMonitor(config: ConfigObject) {
  const context = new RecordingContext({
    module: 'docker_monitor',
    config: { metrics_only: true, docker_api_version: '1.47', ...config },
  });
  const monitor = new DockerMonitor(context);
  monitor.initialize();
  return { monitor, context };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An engine with some containers, whose statistics a function gives; gone when the test is over. */
async function serveEngine(names: readonly string[], stats: Answer): Promise<string> {
  const list = names.map((name, index) => ({ Id: `${index}`.padStart(12, '0'), Names: [`/${name}`] }));
  const socketPath = path.join(temporaryFolder(), 'docker.sock');
  const server = createServer((request, response) => {
    if (request.url === '/v1.47/containers/json') response.end(JSON.stringify(list));
    else stats(request, response);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return socketPath;
}

const healthy: Answer = (_request, response) => response.end(STATS);

const messagesOf = ({ diagnostics }: RecordingContext): string[] => diagnostics.map(({ message }) => message);

describe('docker_monitor', () => {
  it.each([
    [{ docker_api_version: 'newest' }, 'Cannot use "newest" for field "docker_api_version"'],
    [{ container_name: '(' }, 'Cannot use "(" for field "container_name"'],
    [
      { docker_max_parallel_stats: 0 },
      'Value of 0 in field "docker_max_parallel_stats" is invalid; minimum is 1',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => makeMonitor(config)).toThrow(message);
  });

  it('is not run when neither metrics are wanted nor logs can be had', () => {
    const { monitor, context } = makeMonitor({ metrics_only: false, report_container_metrics: false });
    expect(monitor.disabled).toBe(true);
    expect(messagesOf(context)).toHaveLength(1);
  });

  it('reports metrics whatever report_container_metrics says when only metrics are wanted', () => {
    const { monitor, context } = makeMonitor({ metrics_only: true, report_container_metrics: false });
    expect(monitor.disabled).toBe(false);
    expect(messagesOf(context)).toEqual([]);
  });

  it('says once in five minutes that the engine cannot be reached', async () => {
    const { monitor, context } = makeMonitor({ api_socket: '/nowhere/docker.sock' });
    await monitor.gatherSample();
    await monitor.gatherSample();
    context.timeMs += 300_000;
    await monitor.gatherSample();
    const message = `Cannot fetch "/v1.47/containers/json" from the socket "/nowhere/docker.sock": there is no such socket; start the server, or correct the path (ENOENT)`;
    expect(messagesOf(context)).toEqual([message, message]);
  });

  it('says whose member the user must be when the socket is not for the collector', async () => {
    const { monitor, context } = makeMonitor({ api_socket: '/run/docker.sock' });
    monitor.request = async (url, request) => {
      const error = Object.assign(new Error('connect EACCES /run/docker.sock'), { code: 'EACCES' });
      throw HttpFailure.of(error, { url, request, gaveUp: false });
    };
    await monitor.gatherSample();
    expect(messagesOf(context)).toEqual([
      'Cannot fetch "/v1.47/containers/json" from the socket "/run/docker.sock": permission denied; make the ' +
        'collector\'s user a member of the group that may write to the socket (EACCES); mostly it is called "docker"',
    ]);
  });

  it('gives up containers whose statistics do not come in time, and reports the others', async () => {
    const api_socket = await serveEngine(['stuck', 'web'], (request, response) => {
      if (request.url?.includes('000000000001') === true) response.end(STATS);
    });
    const { monitor, context } = makeMonitor({ api_socket });
    monitor.request = (url, request) =>
      httpRequest(url, { ...request, timeoutSecs: url.pathname.includes('000000000000') ? 0.05 : 10 });
    await monitor.gatherSample();
    expect(context.lines).toEqual([
      '2023-11-14 22:13:20.123Z [docker_monitor(web)] docker.mem.usage 4096 container="web"\n',
    ]);
    expect(messagesOf(context)).toEqual([
      `Cannot watch 1 of 2 containers, the first is "stuck": Cannot fetch "/v1.47/containers/000000000000/stats" from the socket "${api_socket}": no complete answer within 0.05 s`,
    ]);
  });

  it('does not begin to ask for a container when the time of the sample is over', async () => {
    const api_socket = await serveEngine(['a', 'b', 'c'], healthy);
    const { monitor, context } = makeMonitor({ api_socket, docker_max_parallel_stats: 1 });
    let elapsedMs = 0;
    monitor.elapsedMs = () => (elapsedMs += 5000);
    await monitor.gatherSample();
    expect(context.lines).toHaveLength(2);
    expect(messagesOf(context)).toEqual([
      'Cannot watch 1 of 3 containers, the first is "c": its turn did not come within 10 s',
    ]);
  });

  it('asks once only, for that makes the engine answer at once', async () => {
    const asked: (string | undefined)[] = [];
    const api_socket = await serveEngine(['web'], (request, response) => {
      asked.push(request.url);
      response.end(STATS);
    });
    await makeMonitor({ api_socket }).monitor.gatherSample();
    expect(asked).toEqual(['/v1.47/containers/000000000000/stats?stream=false&one-shot=true']);
  });

  it('drops an answer that has no end', async () => {
    const api_socket = await serveEngine(['web'], (_request, response) => response.end(' '.repeat(300_000)));
    const { monitor, context } = makeMonitor({ api_socket });
    await monitor.gatherSample();
    expect(messagesOf(context)[0]).toContain('the answer is longer than 262144 bytes');
  });

  it('says nothing and leaves nothing open when it is stopped while it waits', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    let onAsked = (): void => {};
    const asked = new Promise<void>((resolve) => (onAsked = resolve));
    const api_socket = await serveEngine(['web'], (request) => {
      closed = once(request.socket, 'close');
      onAsked();
    });
    const { monitor, context } = makeMonitor({ api_socket });
    const sample = monitor.gatherSample();
    await asked;
    context.stopping.abort();
    await sample;
    await closed;
    expect([...context.lines, ...messagesOf(context)]).toEqual([]);
  });

  it('watches two engines side by side', async () => {
    const one = makeMonitor({ api_socket: await serveEngine(['web'], healthy) });
    const other = makeMonitor({ api_socket: await serveEngine(['db'], healthy) });
    await Promise.all([one.monitor.gatherSample(), other.monitor.gatherSample()]);
    expect(one.context.lines.join('')).toContain('container="web"');
    expect(other.context.lines.join('')).toContain('container="db"');
  });
});

describe.skipIf(existsSync('/var/scalyr/docker.sock'))('docker_monitor without api_socket', () => {
  it('takes the socket that Docker makes, and says so once', async () => {
    const usual = await serveEngine(['web'], healthy);
    const { monitor, context } = makeMonitor({});
    monitor.usualSocket = usual;
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(context.lines).toHaveLength(2);
    expect(messagesOf(context)).toEqual([
      `"/var/scalyr/docker.sock" is not there: containers are watched through "${usual}"`,
    ]);
  });

  it('says where it looked when there is none', async () => {
    const { monitor, context } = makeMonitor({});
    monitor.usualSocket = '/nowhere/docker.sock';
    await monitor.gatherSample();
    expect(messagesOf(context)).toEqual([
      'Cannot find the socket of a Docker engine: neither "/var/scalyr/docker.sock" nor "/nowhere/docker.sock" is ' +
        'there; start Docker, mount its socket into the container in which the collector runs, or set api_socket',
    ]);
  });
});

describe('parseContainers', () => {
  it('names a container that has no name of its own as Docker shows its id', () => {
    const id = '3c1f0e'.padEnd(64, '0');
    expect(parseContainers([{ Id: id, Names: ['/proxy/web', '/a b\n'] }])).toEqual([
      { id, name: '3c1f0e000000' },
    ]);
  });

  it.each([null, {}, 'OK', [null], [{}], [{ Id: '../../info' }]])('does not take %j for a list', (answer) => {
    expect(parseContainers(answer)).toBeUndefined();
  });
});

describe('inParallel', () => {
  it('does no more at the same time than it may, and gives what came of it in order', async () => {
    let running = 0;
    let most = 0;
    const halves = await inParallel([2, 4, 6, 8, 10], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let step = item; step < 10; step++) await Promise.resolve();
      running -= 1;
      return item / 2;
    });
    expect(halves).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('does nothing where there is nothing', async () => {
    expect(await inParallel([], 2, async () => 1)).toEqual([]);
  });
});
