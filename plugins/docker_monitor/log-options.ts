import { defineConfigOption } from 'scalyr-otel-bridge';

/** Options of the Scalyr agent's monitor that only matter for logs of containers. */
export const logOptions = [
  'container_check_interval',
  'docker_log_prefix',
  'docker_raw_logs',
  'label_exclude_globs',
  'label_include_globs',
  'label_prefix',
  'labels_as_attributes',
  'log_mode',
  'max_previous_lines',
  'readback_buffer_size',
  'use_labels_for_log_config',
].map((name) => defineConfigOption({ name, description: 'For logs: taken and not used.' }));
