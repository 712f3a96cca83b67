/** A run of one of the Scalyr agent's own monitors, and our plugin on equivalent input. */
export interface RecordedRun {
  /** In test/golden/monitors. */
  readonly recording: string;
  /** `<plugin>/<case>`: the case of plugins/<plugin>/testcases whose expected lines are compared. */
  readonly testcase: string;
  /** What differs between the shapes of the lines, each with the reason. Nothing else may differ. */
  readonly differences?: Readonly<Record<string, string>>;
}

/** Recordings that no plugin is compared with, each with the reason. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  'garbage_monitor.txt': 'it watches the garbage collector of the agent itself: there is no such plugin',
  'syslog_monitor.txt':
    'its lines are free text, which has no shape: plugins/syslog_monitor/syslog_monitor.test.ts compares the text',
};

export const RECORDED_RUNS: readonly RecordedRun[] = [
  { recording: 'graphite_monitor.txt', testcase: 'graphite_monitor/recorded-run' },
  { recording: 'linux_process_metrics.txt', testcase: 'linux_process_metrics/itself' },
  { recording: 'linux_process_metrics_cmd.txt', testcase: 'linux_process_metrics/several-as-one' },
  { recording: 'linux_system_metrics.txt', testcase: 'linux_system_metrics/recorded-machine' },
  { recording: 'shell_monitor.txt', testcase: 'shell_monitor/first-line' },
  { recording: 'shell_monitor_all_lines.txt', testcase: 'shell_monitor/all-lines' },
  { recording: 'shell_monitor_extract.txt', testcase: 'shell_monitor/extract' },
  { recording: 'test_monitor.txt', testcase: 'test_monitor/four-samples' },
  {
    recording: 'nginx_monitor.txt',
    testcase: 'nginx_monitor/busy-server',
    differences: {
      'ours only: nginx.connections.accepted int':
        'the page says it: growing without `handled` means a limit',
      'ours only: nginx.connections.handled int': 'as accepted',
      'ours only: nginx.requests int': 'the page says it: how much the server does',
    },
  },
  { recording: 'apache_monitor.txt', testcase: 'apache_monitor/event-mpm' },
  {
    recording: 'openmetrics_monitor.txt',
    testcase: 'openmetrics_monitor/prometheus-text',
    differences: {
      'recorded only: http_requests_total int code=string method=string timestamp=int':
        'its timestamp is the time of our line: as a field it would start a new series with each scrape',
      'recorded only: something_weird string problem=string timestamp=int': 'infinity is a number, no text',
      'ours only: http_requests_total int code=string method=string': 'see above',
      'ours only: rpc_duration_seconds null quantile=string':
        'the recorded run leaves NaN out without a word',
      'ours only: something_weird null problem=string': 'see above',
    },
  },
  { recording: 'redis_monitor.txt', testcase: 'redis_monitor/slow-log' },
  {
    recording: 'postgres_monitor.txt',
    testcase: 'postgres_monitor/one-database',
    differences: {
      'ours only: postgres.database.blocks_op_time float op=string':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.connections int':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.deadlocks int':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.disk_blocks int type=string':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.query_rows int op=string':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.temp_bytes int':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.temp_files int':
        'documented, but the agent writes only the size with PostgreSQL 15',
      'ours only: postgres.database.transactions int result=string':
        'documented, but the agent writes only the size with PostgreSQL 15',
    },
  },
  { recording: 'url_monitor.txt', testcase: 'url_monitor/text' },
  { recording: 'url_monitor_404.txt', testcase: 'url_monitor/not-found' },
  { recording: 'url_monitor_extract.txt', testcase: 'url_monitor/extract' },
  { recording: 'url_monitor_refused.txt', testcase: 'url_monitor/refused' },
  { recording: 'url_monitor_uni.txt', testcase: 'url_monitor/all-lines' },
];
