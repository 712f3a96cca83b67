import type { ConfigObject } from '../config/config-value.ts';
import type { Configuration } from '../config/configuration.ts';

/** Settings that Python monitors may ask their agent for, under the agent's own names. */
export function agentSettings(configuration: Configuration): ConfigObject {
  const { agentLogPath, agentDataPath, serverAttributes, global } = configuration;
  return {
    agent_log_path: agentLogPath,
    agent_data_path: agentDataPath,
    server_attributes: serverAttributes,
    global_monitor_sample_interval: global.sampleIntervalSecs,
    global_monitor_sample_interval_enable_jitter: global.sampleIntervalJitter,
    log_rotation_max_bytes: global.logRotationMaxBytes,
    log_rotation_backup_count: global.logRotationBackupCount,
    calculate_rate_metric_names: global.calculateRateMetricNames,
  };
}
