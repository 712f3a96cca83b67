import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { SyslogMonitor } from './syslog_monitor.ts';

function makeMonitor(config: ConfigObject): SyslogMonitor {
  const monitor = new SyslogMonitor(new RecordingContext({ module: 'syslog_monitor', config }));
  monitor.initialize();
  return monitor;
}

describe('an entry of syslog_monitor', () => {
  it('names the file that the messages go to, which has no limits of a log of metrics', () => {
    const monitor = makeMonitor({
      message_log: 'devices.log',
      parser: 'devices',
      max_log_size: 1000,
      max_log_rotations: 5,
    });
    expect(monitor.describe().metricLog).toEqual({
      path: 'devices.log',
      writeRate: -1,
      maxWriteBurst: -1,
      flushDelaySecs: 1,
      rotationMaxBytes: 1000,
      rotationBackupCount: 5,
    });
  });

  it('keeps the limits and the rotation that it gives as for every monitor', () => {
    const monitor = makeMonitor({
      monitor_log_write_rate: 5000,
      monitor_log_max_write_burst: 9000,
      log_rotation_max_bytes: 77,
      log_rotation_backup_count: 0,
    });
    expect(monitor.describe().metricLog).toEqual({
      path: 'agent_syslog.log',
      writeRate: 5000,
      maxWriteBurst: 9000,
      flushDelaySecs: 1,
      rotationMaxBytes: 77,
      rotationBackupCount: 0,
    });
  });

  it('has as many old files kept as can be when max_log_rotations is 0', () => {
    const monitor = makeMonitor({ max_log_size: 0, max_log_rotations: 0 });
    expect(monitor.describe().metricLog).toMatchObject({ rotationMaxBytes: 0, rotationBackupCount: 1000 });
  });

  it.each([
    [{ log_flush_delay: 0.5 }, 0.5],
    [{ log_flush_delay: 0.5, monitor_log_flush_delay: 2 }, 2],
    [{ monitor_log_flush_delay: 0 }, 0],
  ])('of %j has messages written after %j s', (config, flushDelaySecs) => {
    expect(makeMonitor(config).describe().metricLog).toMatchObject({ flushDelaySecs });
  });

  it.each([
    [{ protocols: 'http' }, 'Cannot use "http" for field "protocols": wanted tcp or udp'],
    [{ protocols: '' }, 'Cannot use "" for field "protocols": wanted tcp or udp'],
    [{ protocols: 'tcp:65536' }, 'a port is at most 65535'],
    [{ protocols: 'tcp, TCP:601' }, '"tcp:601" stands there twice'],
    [{ mode: 'docker' }, 'Cannot use "docker" for field "mode": wanted "syslog"'],
    [
      { message_log_template: 'agent_$PROTO_$SRCIP.log' },
      /^Cannot use "agent_\$PROTO_\$SRCIP\.log" for field "message_log_template": .* set "message_log"; .* an entry/,
    ],
    [{ tcp_request_parser: 'fast' }, 'wanted "default", "batch" or "raw"'],
    [{ tcp_message_delimiter: '' }, 'Cannot use a text of 0 characters for field "tcp_message_delimiter"'],
    [{ max_log_rotations: 1001 }, 'Value of 1001 in field "max_log_rotations" is invalid; maximum is 1000'],
    [{ log_flush_delay: -1 }, 'Value of -1.0 in field "log_flush_delay" is invalid; minimum is 0'],
    [{ tcp_buffer_size: 10 }, 'Value of 10 in field "tcp_buffer_size" is invalid; minimum is 64'],
  ])('is refused with %j', (config, message) => {
    expect(() => makeMonitor(config)).toThrow(message);
  });
});
