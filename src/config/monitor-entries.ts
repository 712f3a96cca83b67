import type { MonitorValues } from './agent-options.ts';
import { monitorSection } from './agent-options.ts';
import type { Document } from './config-files.ts';
import { plainObject } from './config-node.ts';
import type { MonitorEntry } from './configuration.ts';
import { MACHINE_MONITOR } from './implicit-monitors.ts';
import type { Place } from './place.ts';

/**
 * The entries of `monitors` of all files, in order, with the ids that the agent gives them: an entry without an id has its
 * number among the entries of its module, counted from 1 over those with ids too, and `''` when it is the only one. The
 * `implicit` ones, which nobody wrote, count last.
 */
export function readMonitors(
  documents: readonly Document[],
  implicit: readonly Place[] = [],
): readonly MonitorEntry[] {
  const written = documents.flatMap(({ root }) => readList(root.member('monitors')));
  const entries = [...written, ...implicit.map(readEntry).filter((entry) => entry !== undefined)];
  const total = countBy(entries.map(({ values }) => lastPart(values.module)));
  const met = new Map<string, number>();
  const monitors = entries.map((entry) => {
    const part = lastPart(entry.values.module);
    const ordinal = (met.get(part) ?? 0) + 1;
    met.set(part, ordinal);
    return monitorEntry(entry, total.get(part) === 1 ? '' : String(ordinal));
  });
  warnOfTwins(entries, monitors);
  warnOfImplicit(written, implicit);
  return monitors;
}

/** The entry of a monitor that runs alone. Undefined when it is wrong; then the problems are reported. */
export function readLoneMonitor(place: Place): MonitorEntry | undefined {
  const entry = readEntry(place);
  return entry && monitorEntry(entry, '');
}

interface Entry {
  readonly place: Place;
  readonly values: MonitorValues;
}

function readList(place: Place | undefined): readonly Entry[] {
  if (place !== undefined && place.node.kind !== 'list') place.rejectKind('a list of monitors');
  return (place?.elements() ?? []).map(readEntry).filter((entry) => entry !== undefined);
}

function readEntry(place: Place): Entry | undefined {
  const values = monitorSection.read(place);
  return values && { place, values };
}

function monitorEntry({ place, values }: Entry, idWithout: string): MonitorEntry {
  const id = values.id ?? idWithout;
  return {
    module: values.module,
    id,
    name: `${lastPart(values.module)}(${id})`,
    config: place.node.kind === 'object' ? plainObject(place.node) : {},
    source: place.node.position,
    isolation: values.isolation,
    runtime: values.runtime,
    stopAgentOnFailure: values.stop_agent_on_failure,
  };
}

/** The agent lets two instances have one name; their lines cannot be told apart then. */
function warnOfTwins(entries: readonly Entry[], monitors: readonly MonitorEntry[]): void {
  const names = monitors.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    entries[index]?.place.warn(
      `there is a "${name}" already, and their values cannot be told apart: give each an "id" of its own`,
    );
  });
}

/** An entry for the machine beside the one that nobody wrote: the agent runs both too. */
function warnOfImplicit(written: readonly Entry[], implicit: readonly Place[]): void {
  if (!implicit.some((place) => place.member('module')?.text === MACHINE_MONITOR)) return;
  for (const { place, values } of written) {
    if (lastPart(values.module) !== MACHINE_MONITOR) continue;
    place.warn(
      `"${MACHINE_MONITOR}" runs by itself already, so its values come twice: set "implicit_metric_monitor" to false`,
    );
  }
}

function countBy(parts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  return counts;
}

function lastPart(module: string): string {
  return module.slice(module.lastIndexOf('.') + 1);
}
