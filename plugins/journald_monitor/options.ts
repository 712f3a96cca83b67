import { defineConfigOption, MAX_BACKUP_COUNT } from 'scalyr-otel-bridge';

export const journalPath = defineConfigOption({
  name: 'journal_path',
  description:
    'A folder with journal files, which is followed with all folders in it; empty: the journals of this machine.',
  convertTo: 'string',
  default: '',
});
export const journalFields = defineConfigOption({
  name: 'journal_fields',
  description:
    'Fields of an entry that are written, each with the name that it gets in the line; at most 32.',
  convertTo: 'object',
  default: {
    _SYSTEMD_UNIT: 'unit',
    _PID: 'pid',
    _MACHINE_ID: 'machine_id',
    _BOOT_ID: 'boot_id',
    _SOURCE_REALTIME_TIMESTAMP: 'timestamp',
  },
});
export const journalMatches = defineConfigOption({
  name: 'journal_matches',
  description:
    'Only entries with these fields, as `_SYSTEMD_UNIT=ssh.service`: of one field any, of different fields all; `+` stands between alternatives. Empty: all entries.',
  convertTo: 'stringArray',
  default: [],
});
export const cursorFile = defineConfigOption({
  name: 'cursor_file',
  description:
    'A file, with its whole path, that remembers the last entry, so that the monitor goes on behind it when it is started again. Empty: it begins with what comes after the start.',
  convertTo: 'string',
  default: '',
});
export const stalenessThresholdSecs = defineConfigOption({
  name: 'staleness_threshold_secs',
  description: 'After a longer stop, entries older than this are left out.',
  convertTo: 'float',
  default: 600,
  minValue: 0,
});
export const journalPollInterval = defineConfigOption({
  name: 'journal_poll_interval',
  description: 'Has no effect: entries are read as they come.',
  convertTo: 'float',
  default: 5,
  minValue: 0,
});
export const maxLogSize = defineConfigOption({
  name: 'max_log_size',
  description:
    'Bytes after which a new metric log is started, instead of `log_rotation_max_bytes`; 0: never.',
  convertTo: 'int',
  minValue: 0,
});
export const maxLogRotations = defineConfigOption({
  name: 'max_log_rotations',
  description: `Old metric logs that are kept, instead of \`log_rotation_backup_count\`; 0: as many as can be, ${MAX_BACKUP_COUNT}.`,
  convertTo: 'int',
  minValue: 0,
  maxValue: MAX_BACKUP_COUNT,
});
