import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerProgram } from './find-program.ts';
import { programPath } from './find-program.ts';

/** How a server is started in the foreground. */
export interface ServerSetup {
  readonly program: ServerProgram;
  readonly args: readonly string[];
  /** It is ready when it takes connections here, on loopback. */
  readonly port: number;
  /** Asks it to end without waiting for its clients. */
  readonly stopSignal?: NodeJS.Signals;
}

/** A server that runs. */
export interface ServerProcess {
  readonly port: number;
  /** Lets it answer nothing while `during` runs; what connects waits. */
  frozen<Result>(during: () => Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;
const ENDED_WITHIN_MS = 10_000;

/** Some servers refuse to run as root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const identity: SpawnOptions = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** A fresh folder that the user of the servers may write to; removed by `remove`. */
export function serverFolder(name: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `scalyr-otel-${name}-`));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a program that prepares a server, as the user of the servers. */
export function prepare(program: ServerProgram, args: readonly string[]): void {
  execFileSync(programPath(program), args, { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Starts a server; resolves when it takes connections. */
export async function startServer(setup: ServerSetup): Promise<ServerProcess> {
  const child = spawn(programPath(setup.program), setup.args, {
    ...identity,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const said = collect(child);
  await waitUntilReady(setup, child, said);
  return {
    port: setup.port,
    async frozen(during) {
      child.kill('SIGSTOP');
      try {
        return await during();
      } finally {
        child.kill('SIGCONT');
      }
    },
    async stop() {
      await end(child, setup.stopSignal ?? 'SIGTERM');
      process.off('exit', killWithUs);
    },
  };
}

/** The last of what a server prints, for when it does not start. */
function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-4000);
    });
  }
  return () => text;
}

async function waitUntilReady(
  { program, port }: ServerSetup,
  child: ChildProcess,
  said: () => string,
): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`"${program}" ended with exit code ${child.exitCode}: ${said()}`);
    if (await takesConnections(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`"${program}" took no connections within ${READY_WITHIN_MS} ms: ${said()}`);
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}
