import { BadMonitorConfiguration } from 'scalyr-otel-bridge';
import type { ConfigOption, MonitorConfig } from 'scalyr-otel-bridge';
import * as options from './options.ts';

const TCP_REQUEST_PARSERS = ['default', 'batch', 'raw'];
const LONGEST_DELIMITER = 16;

/** Refuses what the options' declarations cannot. Throws BadMonitorConfiguration. */
export function checkOptions(config: MonitorConfig): void {
  checkMode(config);
  checkTemplate(config);
  checkFraming(config);
}

function checkMode(config: MonitorConfig): void {
  const mode = config.get(options.mode);
  if (mode === 'syslog') return;
  throw refuse(options.mode, `"${mode}"`, [
    'wanted "syslog". To collect the logs of containers, let the container engine send them here with its syslog driver,',
    'and leave "mode" and the "docker_" fields out',
  ]);
}

function checkTemplate(config: MonitorConfig): void {
  const template = config.get(options.messageLogTemplate);
  if (template === '') return;
  throw refuse(options.messageLogTemplate, `"${template}"`, [
    'all messages of an entry go to one file. Leave it out, and set "message_log"; where senders shall have files of',
    'their own, give each an entry with a port and a "message_log" of its own',
  ]);
}

function checkFraming(config: MonitorConfig): void {
  const parser = config.get(options.tcpRequestParser);
  if (!TCP_REQUEST_PARSERS.includes(parser)) {
    throw refuse(options.tcpRequestParser, `"${parser}"`, ['wanted "default", "batch" or "raw"']);
  }
  const { length } = config.get(options.tcpMessageDelimiter);
  if (length === 0 || length > LONGEST_DELIMITER) {
    const reason = `wanted 1 to ${LONGEST_DELIMITER}, as "\\n"`;
    throw refuse(options.tcpMessageDelimiter, `a text of ${length} characters`, [reason]);
  }
}

function refuse({ name }: ConfigOption, found: string, reason: readonly string[]): BadMonitorConfiguration {
  return new BadMonitorConfiguration(`Cannot use ${found} for field "${name}": ${reason.join(' ')}`, name);
}
