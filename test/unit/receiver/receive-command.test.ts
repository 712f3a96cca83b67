import { Writable } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { ReceiveOptions } from '../../../src/cli/receive-options.ts';
import { registerReceive } from '../../../src/cli/receive.ts';
import { receive } from '../../../src/cli/run-receive.ts';
import { startReceiver } from '../../../src/receiver/receiver.ts';
import { gauge, protobufOf, send } from './otlp-client.ts';

const DEFAULTS: ReceiveOptions = { port: 0, host: '127.0.0.1', rejectWith: 'partial-success' };

/** A stream that keeps what is written to it. */
class Paper extends Writable {
  text = '';

  constructor(write?: (done: () => void) => void) {
    super({
      write: (chunk, _encoding, done) => {
        this.text += String(chunk);
        if (write === undefined) done();
        else write(done);
      },
    });
  }
}

interface Session {
  readonly url: string;
  /** Ends the command; gives what it wrote. */
  stop(): Promise<{ output: string; messages: readonly string[] }>;
}

/** Runs the command in this process until it is stopped. */
async function startSession(options: Partial<ReceiveOptions> = {}, output = new Paper()): Promise<Session> {
  const messages = new Paper();
  const stopping = new AbortController();
  const finished = receive({ ...DEFAULTS, ...options }, { output, messages, stopped: stopping.signal });
  await expect.poll(() => messages.text).toMatch(/^Receiving OTLP at http:\S+, Ctrl-C ends it\n$/);
  return {
    url: /http:[^,]+/.exec(messages.text)?.[0] ?? '',
    async stop() {
      stopping.abort();
      await finished;
      return { output: output.text, messages: messages.text.trim().split('\n').slice(1) };
    },
  };
}

describe('scalyr-otel receive', () => {
  it('prints each point, the resource whenever it changes, and the totals at the end', async () => {
    const session = await startSession();
    await send(session.url, protobufOf(gauge('uniform', [0.98], { count: 1 })));
    await send(session.url, protobufOf(gauge('uniform', [0.5], { count: 2 })));

    expect(await session.stop()).toEqual({
      output: [
        'resource {host.name: "web-1"}',
        '2014-07-29 20:22:06.789Z random_coin uniform 0.98 {count: 1}',
        '2014-07-29 20:22:06.789Z random_coin uniform 0.5 {count: 2}',
        '',
      ].join('\n'),
      messages: ['Received 2 data points and 0 log records in 2 requests; 0 rejected, 0 requests refused'],
    });
  });

  it('prints an object a line with --json', async () => {
    const session = await startSession({ json: true });
    await send(session.url, protobufOf(gauge('a', [1, 2])));

    const { output } = await session.stop();

    expect(
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { signal: 'metrics', name: 'a', value: 1, timeUnixNano: '1406665326789000000' },
      { signal: 'metrics', name: 'a', value: 2 },
    ]);
  });

  it('prints nothing but the totals with --quiet', async () => {
    const session = await startSession({ quiet: true });
    await send(session.url, protobufOf(gauge('a', [1, 2])));
    await send(session.url, '', { path: '/v1/traces' });

    expect(await session.stop()).toEqual({
      output: '',
      messages: ['Received 2 data points and 0 log records in 2 requests; 0 rejected, 1 request refused'],
    });
  });

  it('says why it refused a request', async () => {
    const session = await startSession({ fail: { status: 503, requests: 1 }, retryAfter: 3 });
    const answer = await send(session.url, protobufOf(gauge('a', [1])));

    const { messages } = await session.stop();

    expect(answer.headers['retry-after']).toBe('3');
    expect(messages).toContain('POST /v1/metrics: 503 Told to fail');
  });

  it('rejects by name when told to', async () => {
    const session = await startSession({ reject: '^bad', rejectWith: 'bad-request' });

    const answer = await send(session.url, protobufOf(gauge('good', [1]), gauge('bad', [1])));

    expect(answer.status).toBe(400);
    await session.stop();
  });

  it('does not answer faster than its output is read', async () => {
    const reads: (() => void)[] = [];
    const session = await startSession({}, new Paper((done) => reads.push(done)));
    const events: string[] = [];

    const answer = send(session.url, protobufOf(gauge('a', [1]))).then(() => events.push('answered'));
    await expect.poll(() => reads.length).toBe(1);
    events.push('read');
    reads[0]?.();
    await answer;
    await session.stop();

    expect(events).toEqual(['read', 'answered']);
  });

  it('goes on answering when nobody reads the output any more', async () => {
    const broken = new Paper();
    broken.on('error', () => {});
    const session = await startSession({}, broken);
    broken.destroy(new Error('EPIPE'));

    const answer = await send(session.url, protobufOf(gauge('a', [1])));

    expect(answer.status).toBe(200);
    await session.stop();
  });

  it('fails with a clear message when the port is taken', async () => {
    const other = await startReceiver();
    const port = Number(new URL(other.url).port);
    const sink = new Paper();

    const outcome = receive(
      { ...DEFAULTS, port },
      { output: sink, messages: sink, stopped: AbortSignal.abort() },
    );

    await expect(outcome).rejects.toThrow(
      `Cannot listen on "127.0.0.1:${port}": another program listens there`,
    );
    await other.close();
  });
});

describe('the command line of receive', () => {
  function parse(...args: string[]): () => Promise<Command> {
    const program = new Command('scalyr-otel').exitOverride();
    registerReceive(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
    return async () => program.parseAsync(['receive', ...args], { from: 'user' });
  }

  it.each([
    { args: ['--port', '65536'], message: 'wanted a port from 0 to 65535' },
    { args: ['--port', 'http'], message: 'wanted a whole number' },
    { args: ['--fail', '200'], message: 'wanted a status from 400 to 599, as in 503 or 503:10' },
    { args: ['--fail', '503:0'], message: 'wanted a status from 400 to 599' },
    { args: ['--reject', '('], message: 'wanted a regular expression' },
    { args: ['--reject-with', 'tears'], message: 'Allowed choices are partial-success, bad-request' },
    { args: ['--delay', '-1'], message: 'wanted a whole number' },
  ])('refuses $args', async ({ args, message }) => {
    await expect(parse(...args)()).rejects.toThrow(message);
  });

  it('explains itself with examples', () => {
    const program = new Command('scalyr-otel');
    let help = '';
    program.configureOutput({ writeOut: (written) => (help += written) });
    registerReceive(program);

    program.commands[0]?.outputHelp();

    expect(help).toContain('scalyr-otel receive --fail 503:10');
  });
});
