import type { ConfigObject } from '../../../src/config/config-value.ts';
import { parseLine } from '../../../src/metric-line/parse-line.ts';
import type { ScalyrMonitor } from '../../../src/monitor/scalyr-monitor.ts';
import { RecordingContext } from '../../unit/monitor/recording-context.ts';

/** A monitor that watches a real server, and what it wrote. */
export interface Watched {
  /** Takes a sample; gives its lines without time and name: `nginx.requests 3`. */
  sample(): Promise<string[]>;
  /** What it said in the collector's log. */
  messages(): string[];
  stop(): void;
}

/** Makes and initializes a monitor. */
export async function watch(
  monitorClass: new (context: RecordingContext) => ScalyrMonitor,
  config: ConfigObject,
): Promise<Watched> {
  const context = new RecordingContext({ module: 'm', config });
  const monitor = new monitorClass(context);
  await monitor.initialize();
  return {
    async sample() {
      context.lines.length = 0;
      await monitor.gatherSample();
      return context.lines.map((line) => line.slice(line.indexOf(')] ') + 3).trimEnd());
    },
    messages: () => context.diagnostics.map(({ message }) => message),
    stop: () => context.stopping.abort(),
  };
}

/** The names of the metrics in some lines, each once, in the order in which they come first. */
export function namesOf(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => line.slice(0, line.indexOf(' '))))];
}

/** The number in the line that starts so. */
export function numberIn(lines: readonly string[], start: string): number {
  const line = lines.find((candidate) => candidate.startsWith(start));
  const value = parseLine(`2026-01-01 00:00:00.000Z [m()] ${line}\n`)?.metric?.value;
  if (value === undefined)
    throw new Error(`There is no line that starts with "${start}": ${lines.join('\n')}`);
  return Number(line?.split(' ')[1]);
}
