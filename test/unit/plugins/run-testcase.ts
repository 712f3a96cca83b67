import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plainValue } from '../../../src/config/config-node.ts';
import type { ConfigObject } from '../../../src/config/config-value.ts';
import { formatProblem } from '../../../src/config/format-problem.ts';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import type { ScalyrMonitor } from '../../../src/monitor/scalyr-monitor.ts';
import { RecordingContext } from '../monitor/recording-context.ts';
import { serveAnswers } from './answers.ts';
import type { AnswerServer } from './answers.ts';
import { foldersIn, loadPlugin, PLUGINS } from './plugin.ts';

/** What `testcases/set-up.ts` of a plugin may export. */
export interface SetUpModule {
  /** Called before each sample, to make the monitor read the input. */
  readonly setUp?: (monitor: ScalyrMonitor, input: SampleInput) => void | Promise<void>;
  /**
   * For a monitor with a `run()` of its own: called in the place of gatherSample() while it runs, to send it the input.
   * Resolves when the monitor has taken all of it; after the last input the monitor is stopped.
   */
  readonly drive?: (monitor: ScalyrMonitor, input: DriveInput) => void | Promise<void>;
}

export interface SampleInput {
  /** Where the input of this sample is: the folder of the case, or the folder `1`, `2` … in it. */
  readonly folder: string;
  /** Counts from 1. */
  readonly sample: number;
}

export interface DriveInput extends SampleInput {
  /** What the monitor wrote so far; `until` waits for more. */
  readonly context: RecordingContext;
}

/** What a monitor wrote: whole texts, as they stand in the files of the case. */
export interface Outcome {
  /** Metric lines. */
  readonly lines: string;
  /** Diagnostics, as `warn: text`, one to a line. */
  readonly log: string;
}

const FIRST_SAMPLE_MS = 1_700_000_000_123;

/**
 * Runs a plugin on the input of a case: its entry (`entry.json`), recorded HTTP answers (`answers/`, served at the
 * address that `$SERVER` in the entry stands for and on the Unix socket `$SOCKET`) and whatever the plugin's set-up
 * reads. A case with the folders `1`, `2` … is one sample for each of them, at the interval of the monitor, any other
 * case a single sample. A monitor that drives itself is run, and its set-up sends it the input of each sample.
 */
export async function runTestcase(plugin: string, name: string): Promise<Outcome> {
  const folder = path.join(PLUGINS, plugin, 'testcases', name);
  const inputs = inputsOf(folder);
  let current = folder;
  const server = await serveAnswers(() => path.join(current, 'answers'));
  const context = new RecordingContext({ module: plugin, ...readEntry(folder, server) });
  try {
    const monitor = new (await loadPlugin(plugin))(context);
    const { setUp, drive } = await loadSetUp(plugin);
    let running: Promise<void> | undefined;
    for (const input of inputs) {
      current = input.folder;
      await setUp?.(monitor, input);
      context.timeMs = FIRST_SAMPLE_MS + (input.sample - 1) * monitor.sampleIntervalSecs * 1000;
      if (input.sample === 1) await monitor.initialize();
      if (drive === undefined) {
        await monitor.gatherSample();
      } else {
        running ??= monitor.run();
        await Promise.race([drive(monitor, { ...input, context }), endedTooSoon(running)]);
      }
    }
    context.stopping.abort();
    await running;
  } finally {
    context.stopping.abort();
    await server.close();
  }
  const log = context.diagnostics.map(({ level, message }) => `${level}: ${message}\n`).join('');
  const plain = (text: string): string =>
    text.replaceAll(server.url, '$SERVER').replaceAll(server.socketPath, '$SOCKET');
  return { lines: plain(context.lines.join('')), log: plain(log) };
}

/** What the case expects: `expected.txt`, and `expected-log.txt` where something is logged. */
export function expectedOutcome(plugin: string, name: string): Outcome {
  const folder = path.join(PLUGINS, plugin, 'testcases', name);
  return { lines: readIfThere(folder, 'expected.txt'), log: readIfThere(folder, 'expected-log.txt') };
}

function inputsOf(folder: string): SampleInput[] {
  const numbered = foldersIn(folder)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ folder: path.join(folder, name), sample: Number(name) }));
  return numbered.length === 0 ? [{ folder, sample: 1 }] : numbered;
}

function readEntry(folder: string, server: AnswerServer): { config: ConfigObject; id: string } {
  const text = readIfThere(folder, 'entry.json') || '{}';
  const entry = text.replaceAll('$SERVER', server.url).replaceAll('$SOCKET', server.socketPath);
  const outcome = parseDialect(entry, { file: 'entry.json' });
  if (outcome.kind !== 'ok') throw new Error(formatProblem(outcome.problem));
  const config = plainValue(outcome.document) as unknown as ConfigObject;
  return { config, id: typeof config['id'] === 'string' ? config['id'] : '' };
}

/** Rejects when a monitor ends although nobody stopped it. */
async function endedTooSoon(running: Promise<void>): Promise<never> {
  await running;
  throw new Error('The monitor ended before all input was sent');
}

async function loadSetUp(plugin: string): Promise<SetUpModule> {
  const file = path.join(PLUGINS, plugin, 'testcases', 'set-up.ts');
  return existsSync(file) ? ((await import(file)) as SetUpModule) : {};
}

function readIfThere(folder: string, name: string): string {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
