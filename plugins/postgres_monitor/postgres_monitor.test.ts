import { describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import type { PostgresClient, Row } from './driver.ts';
import { PostgresMonitor } from './postgres_monitor.ts';

const config = { database_name: 'shop', database_username: 'me', database_password: 'secret' };

/** A client of a server that a test takes away and gives back. */
class FakeClient implements PostgresClient {
  static made: FakeClient[] = [];
  static failure: Error | undefined;
  isEnded = false;
  breakIdle: (error: Error) => void = () => undefined;

  constructor() {
    FakeClient.made.push(this);
  }

  async connect(): Promise<void> {
    if (FakeClient.failure) throw FakeClient.failure;
  }

  async query(): Promise<{ rows: readonly Row[] }> {
    if (FakeClient.failure) throw FakeClient.failure;
    return { rows: [{ c0: '3' }] };
  }

  async end(): Promise<void> {
    this.isEnded = true;
  }

  on(_event: 'error', listener: (error: Error) => void): void {
    this.breakIdle = listener;
  }
}

function make(): { monitor: PostgresMonitor; context: RecordingContext } {
  FakeClient.made = [];
  FakeClient.failure = undefined;
  const context = new RecordingContext({ module: 'postgres_monitor', config });
  const monitor = new PostgresMonitor(context);
  monitor.loadDriver = () => ({ Client: FakeClient });
  monitor.initialize();
  return { monitor, context };
}

describe('postgres_monitor', () => {
  it('connects with the first sample only and keeps the connection', async () => {
    const { monitor, context } = make();
    expect(FakeClient.made).toHaveLength(0);
    await monitor.gatherSample();
    await monitor.gatherSample();
    expect(FakeClient.made).toHaveLength(1);
    expect(context.lines).toHaveLength(2);
  });

  it('says once in five minutes that there is no connection, and goes on when there is one again', async () => {
    const { monitor, context } = make();
    FakeClient.failure = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
    await monitor.gatherSample();
    await monitor.gatherSample();
    FakeClient.failure = undefined;
    await monitor.gatherSample();
    expect(context.diagnostics.map(({ message }) => message)).toEqual([
      'Cannot read the statistics of PostgreSQL at "localhost:5432/shop": connect ECONNREFUSED ::1:5432; ' +
        'start PostgreSQL, or correct database_host and database_port',
    ]);
    expect(context.lines).toHaveLength(1);
    expect(FakeClient.made.map(({ isEnded }) => isEnded)).toEqual([true, true, false]);
  });

  it('outlives a connection that breaks between two samples', async () => {
    const { monitor, context } = make();
    await monitor.gatherSample();
    FakeClient.made[0]?.breakIdle(new Error('terminating connection due to administrator command'));
    await monitor.gatherSample();
    expect(FakeClient.made.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    expect(context.diagnostics).toEqual([]);
  });

  it('closes the connection when it is stopped', async () => {
    const { monitor, context } = make();
    await monitor.gatherSample();
    context.stopping.abort();
    expect(FakeClient.made[0]?.isEnded).toBe(true);
  });
});
