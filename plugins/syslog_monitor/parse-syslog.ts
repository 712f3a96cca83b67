import { priorityOf } from './clean-message.ts';

/** A message taken apart: what it says, and what its header tells, under the names of the extra fields. */
export interface SyslogMessage {
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Labels of RFC 5427. */
const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit console cron2 local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const LEVELS = 'emerg alert crit err warning notice info debug'.split(' ');

/**
 * Takes a message apart that starts with a priority: as RFC 5424, else as RFC 3164, where programs leave out the host or
 * write the time as RFC 5424 does. A header that fits neither stays part of the text, and nothing of it is lost.
 */
export function parseSyslog(message: string): SyslogMessage {
  const { priority, length } = priorityOf(message) ?? { priority: 13, length: 0 };
  const content = message.slice(length);
  const facility = FACILITIES[priority >> 3] ?? '';
  const level = LEVELS[priority & 7] ?? '';
  const { text, fields } = parse5424(content) ?? parse3164(content) ?? { text: content, fields: {} };
  return { text, fields: { facility, level, ...fields } };
}

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)`;
const SD_NAME = String.raw`[^\s=\]"]{1,32}`;
const SD_VALUE = String.raw`"[^"\\\]]*(?:\\.[^"\\\]]*)*"`;
const SD_ELEMENT = String.raw`\[${SD_NAME}(?: ${SD_NAME}=${SD_VALUE})*\]`;

const RFC_5424 = new RegExp(
  String.raw`^1 (?<timestamp>-|${TIME}) (?<hostname>\S{1,255}) (?<app>\S{1,48}) (?<procid>\S{1,128}) (?<msgid>\S{1,32}) ` +
    String.raw`(?<structured_data>-|(?:${SD_ELEMENT})+)(?: (?<text>.*))?$`,
  's',
);

function parse5424(content: string): SyslogMessage | undefined {
  const groups = RFC_5424.exec(content)?.groups;
  if (groups === undefined) return undefined;
  const { text = '', ...header } = groups;
  const known = Object.entries(header).filter(([, value]) => value !== '-');
  return { text: text.replace(/^\ufeff/, ''), fields: Object.fromEntries(known) };
}

const RFC_3164 = new RegExp(
  String.raw`^(?<timestamp>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|${TIME}) (?<text>.*)$`,
  's',
);
const HOST = /^(?<hostname>[^\s[\]]{0,254}[^\s[\]:]) (?<text>.*)$/s;
const TAG = /^(?<app>[^\s[\]:]{1,48})(?:\[(?<procid>[^\s[\]]{1,128})\])?: ?(?<text>.*)$/s;

function parse3164(content: string): SyslogMessage | undefined {
  const { timestamp, text: afterTime } = RFC_3164.exec(content)?.groups ?? {};
  if (timestamp === undefined || afterTime === undefined) return undefined;
  const { hostname, text: afterHost = afterTime } = HOST.exec(afterTime)?.groups ?? {};
  const { app, procid, text = afterHost } = TAG.exec(afterHost)?.groups ?? {};
  return {
    text,
    fields: {
      timestamp,
      ...(hostname !== undefined && { hostname }),
      ...(app !== undefined && { app }),
      ...(procid !== undefined && { procid }),
    },
  };
}
