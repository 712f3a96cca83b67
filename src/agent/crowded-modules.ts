import type { MonitorEntry } from '../config/configuration.ts';

/** What instances of one monitor have in common in their names: the last part of the module's. */
export function moduleOf({ name }: Pick<MonitorEntry, 'name'>): string {
  return name.slice(0, name.indexOf('('));
}

/**
 * Whether it is left to the collector where a monitor lives. One whose failure ends the collector does not share unless
 * it says so: what the others do would end the collector too.
 */
export function isPlacedFreely({ isolation, stopAgentOnFailure }: MonitorEntry): boolean {
  return isolation === undefined && !stopAgentOnFailure;
}

/** Modules with more than `above` instances that leave it to the collector where they live: these share threads. */
export function crowdedModules(entries: readonly MonitorEntry[], above: number): ReadonlySet<string> {
  const instances = new Map<string, number>();
  for (const entry of entries) {
    if (!isPlacedFreely(entry)) continue;
    const module = moduleOf(entry);
    instances.set(module, (instances.get(module) ?? 0) + 1);
  }
  return new Set(Array.from(instances.keys()).filter((module) => (instances.get(module) ?? 0) > above));
}
