import { defineConfigOption } from './config-option.ts';

/**
 * Options of a monitor that hands on what others send it: its metric log has no rate limit unless the entry sets one.
 *
 *     static override readonly configOptions = [port, ...unlimitedMetricLog];
 */
export const unlimitedMetricLog = [
  defineConfigOption({
    name: 'monitor_log_write_rate',
    description: 'Bytes a second that go to the metric log in the long run; -1: no limit.',
    convertTo: 'int',
    default: -1,
  }),
  defineConfigOption({
    name: 'monitor_log_max_write_burst',
    description: 'Bytes that go to the metric log at once; -1: no limit.',
    convertTo: 'int',
    default: -1,
  }),
] as const;
