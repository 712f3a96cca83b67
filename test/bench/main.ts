import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { isMet } from './figure.ts';
import type { Figure, Scenario } from './figure.ts';
import { formatFigures } from './format-figures.ts';
import { backlog } from './scenarios/backlog.ts';
import { idle } from './scenarios/idle.ts';
import { machine, many } from './scenarios/monitors.ts';
import { python } from './scenarios/python.ts';
import { sdk, sdkWithCount } from './scenarios/sdk.ts';
import { start } from './scenarios/start.ts';
import { throughput } from './scenarios/throughput.ts';

/** Measures the collector on this machine: `npm run bench`, or `npm run bench -- NAME …` for some scenarios. */
const SCENARIOS: readonly Scenario[] = [
  throughput('gzip'),
  throughput('none'),
  python,
  sdk,
  sdkWithCount,
  start,
  backlog,
  idle,
  machine,
  many,
];

const RESULTS = 'bench-results.json';

const chosen = choose(process.argv.slice(2));
const results: { scenario: string; figures: readonly Figure[] }[] = [];
const startedMs = performance.now();
for (const scenario of chosen) {
  say(scenario.name, 'started');
  const figures = await scenario.measure((progress) => say(scenario.name, progress));
  results.push({ scenario: scenario.name, figures });
  process.stdout.write(`${formatFigures(scenario.name, figures)}\n`);
}
writeFileSync(RESULTS, `${JSON.stringify(document(), undefined, 2)}\n`);
say('bench', `results are in ${RESULTS}`);

function choose(names: readonly string[]): readonly Scenario[] {
  const known = SCENARIOS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no scenario "${unknown}": there are ${known.join(', ')}`);
  return names.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => names.includes(name));
}

function say(scenario: string, progress: string): void {
  const secs = ((performance.now() - startedMs) / 1000).toFixed(0);
  process.stderr.write(`${secs.padStart(4)} s  ${scenario}: ${progress}\n`);
}

function document(): object {
  const [cpu] = cpus();
  return {
    machine: { cpu: cpu?.model, cores: cpus().length, memoryBytes: totalmem(), node: process.version },
    results: results.map(({ scenario, figures }) => ({
      scenario,
      figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
    })),
  };
}
