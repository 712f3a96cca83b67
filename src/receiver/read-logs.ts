import { readAnyValue, readAttributes } from './read-attributes.ts';
import type { ReceivedLog } from './received.ts';
import type { WireMessage } from './wire/wire-message.ts';

/** Flattens an ExportLogsServiceRequest into its records, in the order they were sent. */
export function readLogs(request: WireMessage): ReceivedLog[] {
  const logs: ReceivedLog[] = [];
  for (const resourceLogs of request.messages('resourceLogs')) {
    const resource = readAttributes(resourceLogs.message('resource')?.messages('attributes') ?? []);
    for (const scopeLogs of resourceLogs.messages('scopeLogs')) {
      const scope = scopeLogs.message('scope')?.string('name') ?? '';
      for (const record of scopeLogs.messages('logRecords')) logs.push(readLog(record, { resource, scope }));
    }
  }
  return logs;
}

function readLog(record: WireMessage, place: Pick<ReceivedLog, 'resource' | 'scope'>): ReceivedLog {
  return {
    ...place,
    eventName: record.string('eventName'),
    body: readAnyValue(record.message('body')),
    severityNumber: record.number('severityNumber'),
    severityText: record.string('severityText'),
    timeUnixNano: record.bigint('timeUnixNano'),
    observedTimeUnixNano: record.bigint('observedTimeUnixNano'),
    attributes: readAttributes(record.messages('attributes')),
  };
}
