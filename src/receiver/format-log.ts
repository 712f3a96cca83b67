import { formatAttributes, formatAttributeValue } from './format-attributes.ts';
import { formatTime } from './format-time.ts';
import { printable } from './printable.ts';
import type { ReceivedLog } from './received.ts';

/**
 * One readable line: `2014-07-29 20:22:06.789Z random_coin side "heads" {count: 1}`; without an event name the body
 * comes first. A record without a time is shown at the time it was observed. The resource is not part of it.
 */
export function formatLog(log: ReceivedLog): string {
  return [
    formatTime(log.timeUnixNano === 0n ? log.observedTimeUnixNano : log.timeUnixNano),
    printable(log.scope),
    printable(log.severityText),
    printable(log.eventName),
    formatAttributeValue(log.body),
    formatAttributes(log.attributes),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
