import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plainValue } from '../../../src/config/config-node.ts';
import type { ConfigObject } from '../../../src/config/config-value.ts';
import { formatProblem } from '../../../src/config/format-problem.ts';
import { parseDialect } from '../../../src/config/parse-dialect.ts';
import type { ScalyrMonitor } from '../../../src/monitor/scalyr-monitor.ts';
import { RecordingContext } from '../monitor/recording-context.ts';
import { serveAnswers } from './answers.ts';
import { foldersIn, loadPlugin, PLUGINS } from './plugin.ts';

/** What `testcases/set-up.ts` of a plugin exports: called before each sample, to make the monitor read the input. */
export interface SetUpModule {
  readonly setUp: (monitor: ScalyrMonitor, input: SampleInput) => void | Promise<void>;
}

export interface SampleInput {
  /** Where the input of this sample is: the folder of the case, or the folder `1`, `2` … in it. */
  readonly folder: string;
  /** Counts from 1. */
  readonly sample: number;
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
 * address that `$SERVER` in the entry stands for) and whatever the plugin's set-up reads. A case with the folders `1`,
 * `2` … is one sample for each of them, at the interval of the monitor, any other case a single sample.
 */
export async function runTestcase(plugin: string, name: string): Promise<Outcome> {
  const folder = path.join(PLUGINS, plugin, 'testcases', name);
  const inputs = inputsOf(folder);
  let current = folder;
  const server = await serveAnswers(() => path.join(current, 'answers'));
  const context = new RecordingContext({ module: plugin, ...readEntry(folder, server.url) });
  try {
    const monitor = new (await loadPlugin(plugin))(context);
    const { setUp } = await loadSetUp(plugin);
    for (const input of inputs) {
      current = input.folder;
      await setUp(monitor, input);
      context.timeMs = FIRST_SAMPLE_MS + (input.sample - 1) * monitor.sampleIntervalSecs * 1000;
      if (input.sample === 1) await monitor.initialize();
      await monitor.gatherSample();
    }
  } finally {
    context.stopping.abort();
    await server.close();
  }
  const log = context.diagnostics.map(({ level, message }) => `${level}: ${message}\n`).join('');
  const plain = (text: string): string => text.replaceAll(server.url, '$SERVER');
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

function readEntry(folder: string, server: string): { config: ConfigObject; id: string } {
  const text = readIfThere(folder, 'entry.json') || '{}';
  const outcome = parseDialect(text.replaceAll('$SERVER', server), { file: 'entry.json' });
  if (outcome.kind !== 'ok') throw new Error(formatProblem(outcome.problem));
  const config = plainValue(outcome.document) as unknown as ConfigObject;
  return { config, id: typeof config['id'] === 'string' ? config['id'] : '' };
}

async function loadSetUp(plugin: string): Promise<SetUpModule> {
  const file = path.join(PLUGINS, plugin, 'testcases', 'set-up.ts');
  return existsSync(file) ? ((await import(file)) as SetUpModule) : { setUp: () => {} };
}

function readIfThere(folder: string, name: string): string {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
