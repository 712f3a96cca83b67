import { parseLine } from '../../../src/metric-line/parse-line.ts';
import type { ParsedMetric } from '../../../src/metric-line/parsed-line.ts';

/**
 * The shape of each metric in some lines: `app.mem.bytes int app=string type=string`, its fields in the order of the
 * line. Each shape once, sorted. Lines that are no metric lines (messages, what a run printed) do not count.
 */
export function shapesOf(lines: string): string[] {
  const metrics = lines
    .split('\n')
    .map((line) => parseLine(line)?.metric)
    .filter((metric) => metric !== undefined);
  return [...new Set(metrics.map(shapeOf))].sort();
}

function shapeOf({ name, value, fields }: ParsedMetric): string {
  return [name, value.kind, ...fields.map((field) => `${field.name}=${field.kind}`)].join(' ');
}

/** What one side has and the other has not: `recorded only: …`, `ours only: …`. */
export function shapeDifferences(recorded: string, ours: string): string[] {
  const theirs = shapesOf(recorded);
  const own = shapesOf(ours);
  return [
    ...theirs.filter((shape) => !own.includes(shape)).map((shape) => `recorded only: ${shape}`),
    ...own.filter((shape) => !theirs.includes(shape)).map((shape) => `ours only: ${shape}`),
  ];
}
