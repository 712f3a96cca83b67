import { defineConfigOption } from 'scalyr-otel-bridge';

/** Options of the Scalyr agent's monitor that only matter for logs, for Docker or for the API server. */
export const unusedOptions = [
  'container_check_interval',
  'container_name',
  'docker_max_parallel_stats',
  'docker_percpu_metrics',
  'include_daemonsets_as_deployments',
  'initial_stopped_container_collection_window',
  'k8s_api_url',
  'k8s_ignore_pod_sandboxes',
  'k8s_label_exclude_globs',
  'k8s_label_include_globs',
  'k8s_parse_format',
  'k8s_use_v1_and_v2_attributes',
  'k8s_use_v2_attributes',
  'k8s_verify_api_queries',
  'log_mode',
].map((name) =>
  defineConfigOption({ name, description: 'For logs, Docker or the API server: taken and not used.' }),
);
