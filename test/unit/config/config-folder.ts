import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Configuration, Problem } from '../../../src/config/configuration.ts';
import { formatProblem } from '../../../src/config/format-problem.ts';
import type { LoadOutcome } from '../../../src/config/load-configuration.ts';
import { loadConfiguration } from '../../../src/config/load-configuration.ts';
import type { Environment } from '../../../src/config/place.ts';

/** A fresh folder with these files, by their paths in it; it goes when the test ends. */
export function configFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Loads `agent.json` of a folder on a host called `test-host`. */
export function load(folder: string, environment: Environment = {}): LoadOutcome {
  return loadConfiguration({ path: 'agent.json', folder, environment, hostname: 'test-host' });
}

/** The configuration that `agent.json` alone makes. */
export function configurationOf(agentJson: string, environment: Environment = {}): Configuration {
  return accepted(load(configFolder({ 'agent.json': agentJson }), environment)).configuration;
}

export function accepted(outcome: LoadOutcome): LoadOutcome & { kind: 'ok' } {
  if (outcome.kind === 'invalid')
    throw new Error(outcome.problems.map((problem) => formatProblem(problem)).join('\n'));
  return outcome;
}

/** The problems of a folder's configuration as the command line prints them. */
export function problemsOf(folder: string, environment: Environment = {}): readonly string[] {
  const outcome = load(folder, environment);
  if (outcome.kind === 'ok') throw new Error('no problem was found');
  return printed(outcome.problems, folder);
}

/** The problems of `agent.json` alone. */
export function problemsIn(agentJson: string, environment: Environment = {}): readonly string[] {
  return problemsOf(configFolder({ 'agent.json': agentJson }), environment);
}

export function warningsOf(folder: string, environment: Environment = {}): readonly string[] {
  return printed(accepted(load(folder, environment)).warnings, folder);
}

/** Problems as the command line prints them. */
export function printed(problems: readonly Problem[], folder: string): readonly string[] {
  return problems.map((problem) => formatProblem(problem, folder).replaceAll(folder, '.'));
}
