import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';

/** One sample as VictoriaMetrics has it stored. */
export interface StoredPoint {
  /** With the metric's name as `__name__`; resource attributes are labels too. */
  readonly labels: Readonly<Record<string, string>>;
  readonly timeMs: number;
  /** Null for a stale marker. */
  readonly value: number | null;
}

export interface StartOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Kept after `stop`, so that another start can go on with it. Default: a temporary folder that `stop` removes. */
  readonly dataPath?: string;
}

/** A running VictoriaMetrics. */
export interface VictoriaMetrics {
  readonly url: string;
  readonly port: number;
  /** Base endpoint for OTLP: `/v1/metrics` is appended by the sender. */
  readonly otlpEndpoint: string;
  /**
   * The stored samples that match a series selector (default: all), by series and time. Stored samples become visible
   * late, so it polls until there are at least `atLeast` of them and rejects when there are not after `withinMs`.
   */
  points(options: PointsQuery): Promise<StoredPoint[]>;
  /** Ends it with SIGTERM, which keeps what it acknowledged; SIGKILL would lose the last seconds. */
  stop(): Promise<void>;
}

export interface PointsQuery {
  /** As in `{"random_coin.uniform"}` or `{__name__=~"cpu.*",host="a"}`. */
  readonly match?: string;
  readonly atLeast: number;
  readonly withinMs?: number;
}

/** Starts a VictoriaMetrics on loopback, fetching the program when it is not there; resolves when it answers. */
export async function startVictoriaMetrics(options: StartOptions = {}): Promise<VictoriaMetrics> {
  const program = findProgram();
  const port = options.port ?? (await freePort());
  const dataPath = options.dataPath ?? (await mkdtemp(path.join(tmpdir(), 'victoria-metrics-')));
  const child = spawn(
    program,
    [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${dataPath}`,
      '-retentionPeriod=100y',
      '-search.latencyOffset=0s',
      '-search.disableCache',
      '-loggerLevel=ERROR',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const url = `http://127.0.0.1:${port}`;
  await waitUntilHealthy(url, child);
  return {
    url,
    port,
    otlpEndpoint: `${url}/opentelemetry`,
    points: (query) => pollPoints(url, query),
    async stop() {
      process.off('exit', killWithUs);
      await end(child);
      if (options.dataPath === undefined) await rm(dataPath, { recursive: true, force: true });
    },
  };
}

function findProgram(): string {
  const script = path.join(import.meta.dirname, 'get-victoria-metrics');
  return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

async function waitUntilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`VictoriaMetrics ended with exit code ${child.exitCode}`);
    const isHealthy = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) return;
    await pause(50);
  }
  child.kill('SIGKILL');
  throw new Error(`VictoriaMetrics did not answer at "${url}/health" within 30 s`);
}

async function pollPoints(url: string, query: PointsQuery): Promise<StoredPoint[]> {
  const { match = '{__name__!=""}', atLeast, withinMs = 30_000 } = query;
  const deadline = performance.now() + withinMs;
  for (;;) {
    await fetch(`${url}/internal/force_flush`);
    const points = await exportPoints(url, match);
    if (points.length >= atLeast) return points;
    if (performance.now() > deadline) {
      throw new Error(
        `VictoriaMetrics has ${points.length} points of ${match} after ${withinMs} ms, wanted ${atLeast}`,
      );
    }
    await pause(200);
  }
}

interface ExportedSeries {
  readonly metric: Record<string, string>;
  readonly timestamps: readonly number[];
  readonly values: readonly (number | null)[];
}

async function exportPoints(url: string, match: string): Promise<StoredPoint[]> {
  const response = await fetch(
    `${url}/api/v1/export?${new URLSearchParams({ 'match[]': match, start: '0' })}`,
  );
  const text = await response.text();
  if (!response.ok) throw new Error(`VictoriaMetrics refused the query ${match}: ${response.status} ${text}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => pointsOf(JSON.parse(line) as ExportedSeries));
}

function pointsOf({ metric, timestamps, values }: ExportedSeries): StoredPoint[] {
  return timestamps.map((timeMs, index) => ({ labels: metric, timeMs, value: values[index] ?? null }));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
