import type { HostPlace } from '../host/host-place.ts';
import { formatLedger } from '../ledger/format-ledger.ts';
import { formatTimestamp } from '../metric-line/format-timestamp.ts';
import type { DeliveryState } from '../otlp/delivery-contract.ts';
import type { MonitorState, MonitorStatus } from '../scheduler/monitor-status.ts';
import type { StatusSnapshot } from './status-snapshot.ts';

const MEBIBYTE = 1024 * 1024;

/** The status for people: the collector, its monitors, its backends, its books. Ends in a line break. */
export function formatStatus(status: StatusSnapshot): string {
  const { version, pid, startedAtMs, takenAtMs, files, monitors, deliveries, spoolBytes } = status;
  const sections = [
    [
      `scalyr-otel ${version}, pid ${pid}, started ${formatTimestamp(startedAtMs)}`,
      `as of ${formatTimestamp(takenAtMs)}`,
      `configuration: ${files.join(', ')}`,
    ],
    ['Monitors', ...indented(monitors.map(describeMonitor))],
    [
      `Deliveries (${(spoolBytes / MEBIBYTE).toFixed(1)} MiB in the spool)`,
      ...indented(
        deliveries.map(({ backend, signal, state }) => `${backend} ${signal}: ${describeDelivery(state)}`),
      ),
    ],
    ['Ledger', formatLedger(status.ledger).trimEnd()],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`);
}

function describeMonitor(monitor: MonitorStatus): string {
  const { name, state, place, gathers, failures, skippedTicks, restarts, lastError } = monitor;
  const troubles = [
    [failures, 'failures'],
    [skippedTicks, 'skipped ticks'],
    [restarts, 'restarts'],
  ] as const;
  const counts = troubles.filter(([count]) => count > 0).map(([count, what]) => `, ${count} ${what}`);
  const error =
    lastError === undefined ? '' : `; last error ${formatTimestamp(lastError.atMs)}: ${lastError.message}`;
  return `${name}: ${describeState(state)}, ${gathers} ${gathers === 1 ? 'sample' : 'samples'}${counts.join('')}${describeCompany(place)}${error}`;
}

/** Whom a monitor shares its thread or process with; nothing for one that lives alone. */
function describeCompany(place: HostPlace | undefined): string {
  if (place?.shared === undefined) return '';
  const { name, others } = place.shared;
  const company = others === undefined ? '' : ` with ${others} ${others === 1 ? 'other' : 'others'}`;
  return `, shares ${place.kind} ${name}${company}`;
}

/** What a monitor is doing, in words. */
export function describeState(state: MonitorState): string {
  switch (state.kind) {
    case 'gathering-overdue':
      return `gathering for ${Math.round(state.runningForMs / 1000)} s, longer than its interval`;
    case 'backing-off':
      return `starts again at ${formatTimestamp(state.untilMs)} after: ${state.reason}`;
    case 'parked':
      return `parked${state.untilMs === undefined ? '' : ` until ${formatTimestamp(state.untilMs)}`}: ${state.reason}`;
    case 'starting':
    case 'running':
    case 'disabled':
    case 'finished':
    case 'stopped':
      return state.kind;
  }
}

/** How a delivery is going, in words. */
export function describeDelivery(state: DeliveryState): string {
  switch (state.kind) {
    case 'retrying':
      return `tried ${state.attempts} times, again at ${formatTimestamp(state.untilMs)}: ${state.reason}`;
    case 'endpoint-wrong':
      return `has to be put right, tried again at ${formatTimestamp(state.untilMs)}: ${state.reason}`;
    case 'idle':
    case 'delivering':
      return state.kind;
  }
}
