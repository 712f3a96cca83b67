import type { MonitorDescription } from './monitor-description.ts';

/** Most rotated files that a monitor may keep of its metric log: a rotation renames every one of them. */
export const MAX_BACKUP_COUNT = 1000;

/**
 * Refuses a description that the collector could not act on, because a property of the monitor was set to something that
 * is no such number, path or count. Throws a TypeError that names the property.
 */
export function checkDescription(monitorName: string, description: MonitorDescription): void {
  const { sampleIntervalSecs, metricLog } = description;
  const { path, writeRate, maxWriteBurst, flushDelaySecs } = metricLog;
  const { rotationMaxBytes = 0, rotationBackupCount = 0 } = metricLog;
  const isBackupCount = rotationBackupCount >= 0 && rotationBackupCount <= MAX_BACKUP_COUNT;
  const properties = [
    ['sampleIntervalSecs', sampleIntervalSecs, Number.isFinite(sampleIntervalSecs), 'a finite number'],
    ['logConfig.path', path, typeof path === 'string' && path !== '', 'a path'],
    ['logWriteRate', writeRate, Number.isFinite(writeRate), 'a finite number'],
    ['logMaxWriteBurst', maxWriteBurst, Number.isFinite(maxWriteBurst), 'a finite number'],
    ['logFlushDelaySecs', flushDelaySecs, Number.isFinite(flushDelaySecs), 'a finite number'],
    ['logRotationMaxBytes', rotationMaxBytes, Number.isFinite(rotationMaxBytes), 'a finite number'],
    ['logRotationBackupCount', rotationBackupCount, isBackupCount, `a number from 0 to ${MAX_BACKUP_COUNT}`],
  ] as const;
  const wrong = properties.find(([, , isRight]) => !isRight);
  if (wrong === undefined) return;
  const [property, found, , wanted] = wrong;
  throw new TypeError(`Cannot run "${monitorName}": its ${property} is ${String(found)}, wanted ${wanted}`);
}
