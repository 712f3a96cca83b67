import { hostname } from 'node:os';
import type { Configuration, Problem } from '../config/configuration.ts';
import { formatProblem } from '../config/format-problem.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import type { LoadOutcome } from '../config/load-configuration.ts';

/** Reads the configuration as this process sees it. Without `path` there is no file: defaults and variables alone. */
export function loadHere(
  path: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): LoadOutcome {
  const source = { folder: process.cwd(), environment, hostname: hostname(), platform: process.platform };
  return loadConfiguration(path === undefined ? source : { ...source, path });
}

/** Reads the configuration for a command; undefined after every problem was printed on stderr. */
export function readConfiguration(
  path: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Configuration | undefined {
  const outcome = loadHere(path, environment);
  printProblems(
    outcome.kind === 'ok' ? outcome.warnings : outcome.problems,
    outcome.kind === 'ok' ? 'warning: ' : '',
  );
  if (outcome.kind === 'ok') return outcome.configuration;
  const many =
    outcome.problems.length === 1 ? 'the problem above' : `the ${outcome.problems.length} problems above`;
  process.stderr.write(`Cannot use the configuration: correct ${many}; nothing was started\n`);
  return undefined;
}

/** Prints problems on stderr, one to a line: `agent.json:12:7: otel.backends[0].endpoint: …`. */
export function printProblems(problems: readonly Problem[], prefix = ''): void {
  for (const problem of problems) process.stderr.write(`${prefix}${formatProblem(problem, process.cwd())}\n`);
}
