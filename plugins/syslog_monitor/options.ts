import { defineConfigOption, MAX_BACKUP_COUNT } from 'scalyr-otel-bridge';
import { LARGEST_MESSAGE } from './frame-reader.ts';

export const protocols = defineConfigOption({
  name: 'protocols',
  description:
    'Where to listen: `tcp` or `udp`, each with `:port` unless it is 601 or 514, separated by commas. Port 0: any that is free.',
  convertTo: 'string',
  default: 'tcp:601, udp:514',
});
export const acceptRemoteConnections = defineConfigOption({
  name: 'accept_remote_connections',
  description: 'Whether other machines may send; without it only this one.',
  convertTo: 'bool',
  default: false,
});
export const messageLog = defineConfigOption({
  name: 'message_log',
  description: 'The file the messages are written to, in `agent_log_path` unless it is an absolute path.',
  convertTo: 'string',
  default: 'agent_syslog.log',
});
export const messageLogTemplate = defineConfigOption({
  name: 'message_log_template',
  description: 'Refused: all messages of an entry go to one file, that of `message_log`.',
  convertTo: 'string',
  default: '',
});
export const parser = defineConfigOption({
  name: 'parser',
  description: 'Has no effect: whoever uploads the file to Scalyr says which parser it is for.',
  convertTo: 'string',
  default: 'agentSyslog',
});
export const parseMessages = defineConfigOption({
  name: 'parse_messages',
  description: 'Whether messages are taken apart and emitted as the text value `message` with fields.',
  convertTo: 'bool',
  default: false,
});
export const tcpBufferSize = defineConfigOption({
  name: 'tcp_buffer_size',
  description: 'Bytes of a message over TCP; a longer one is split.',
  convertTo: 'int',
  default: 8192,
  minValue: 64,
  maxValue: LARGEST_MESSAGE,
});
export const messageSizeCanExceedTcpBuffer = defineConfigOption({
  name: 'message_size_can_exceed_tcp_buffer',
  description: `Whether a message over TCP may be longer than that, up to ${LARGEST_MESSAGE} bytes.`,
  convertTo: 'bool',
  default: false,
});
export const tcpRequestParser = defineConfigOption({
  name: 'tcp_request_parser',
  description:
    '`default`: messages end in the delimiter or have their length in front of them; `batch`, `raw`: they all end in the delimiter.',
  convertTo: 'string',
  default: 'default',
});
export const tcpMessageDelimiter = defineConfigOption({
  name: 'tcp_message_delimiter',
  description: 'What a message over TCP ends in; Python\'s SysLogHandler takes `"\\u0000"`.',
  convertTo: 'string',
  default: '\n',
});
export const tcpIncompleteFrameTimeout = defineConfigOption({
  name: 'tcp_incomplete_frame_timeout',
  description: 'Seconds to wait for the end of a message over TCP; then what came of it is written.',
  convertTo: 'float',
  default: 5,
  minValue: 0.001,
  maxValue: 86_400,
});
export const tcpMaxConnections = defineConfigOption({
  name: 'tcp_max_connections',
  description: 'Connections at the same time, for each port; further ones are closed.',
  convertTo: 'int',
  default: 1000,
  minValue: 1,
  maxValue: 100_000,
});
export const tcpIdleTimeout = defineConfigOption({
  name: 'tcp_idle_timeout',
  description: 'Seconds after which a connection without messages is closed.',
  convertTo: 'float',
  default: 3600,
  minValue: 0.001,
  maxValue: 2_000_000,
});
export const udpReceiveBuffer = defineConfigOption({
  name: 'udp_receive_buffer',
  description:
    'Bytes that wait in the kernel until they are read, for each UDP port; the kernel gives at most `net.core.rmem_max`.',
  convertTo: 'int',
  default: 1_048_576,
  minValue: 1024,
  maxValue: 1_073_741_824,
});
export const maxLogSize = defineConfigOption({
  name: 'max_log_size',
  description: 'Bytes after which a new file is started, instead of `log_rotation_max_bytes`; 0: never.',
  convertTo: 'int',
  minValue: 0,
});
export const maxLogRotations = defineConfigOption({
  name: 'max_log_rotations',
  description: `Old files that are kept, instead of \`log_rotation_backup_count\`; 0: as many as can be, ${MAX_BACKUP_COUNT}.`,
  convertTo: 'int',
  minValue: 0,
  maxValue: MAX_BACKUP_COUNT,
});
export const logFlushDelay = defineConfigOption({
  name: 'log_flush_delay',
  description:
    'Seconds that messages may wait before they are written to the file, unless there is `monitor_log_flush_delay`.',
  convertTo: 'float',
  default: 1,
  minValue: 0,
});

export const mode = defineConfigOption({
  name: 'mode',
  description: '`syslog`; there is no `docker` mode.',
  convertTo: 'string',
  default: 'syslog',
});
