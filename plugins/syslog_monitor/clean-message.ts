/** user.notice: what RFC 3164, section 4.3.3, has a relay put before a message without a priority. */
const DEFAULT_PRIORITY = '<13>';

const LINE_END = new Set([0x0a, 0x0d, 0x00]);

/**
 * A message as one line of text that starts with a priority, so that nothing a sender can think of becomes a metric or
 * a second line. What ends a line is cut off its end; control characters become `#` and three octal digits; bytes that are
 * no UTF-8 become U+FFFD. A message without a priority, and the rest of one that was split, gets `<13>`. Undefined when
 * nothing is left.
 */
export function cleanMessage(bytes: Buffer, { isRest = false } = {}): string | undefined {
  const text = withoutLineEnd(bytes)
    .toString()
    .replace(/\p{Cc}/gu, escapeCharacter);
  if (text === '') return undefined;
  return isRest || priorityOf(text) === undefined ? DEFAULT_PRIORITY + text : text;
}

/** The priority at the start of a message, 0 to 191, and what it takes of it. */
export function priorityOf(text: string): { readonly priority: number; readonly length: number } | undefined {
  const [header, digits] = /^<(0|[1-9]\d{0,2})>/.exec(text) ?? [];
  const priority = Number(digits);
  return header === undefined || priority > 191 ? undefined : { priority, length: header.length };
}

function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && LINE_END.has(bytes[end - 1] ?? 0)) end--;
  return bytes.subarray(0, end);
}

function escapeCharacter(character: string): string {
  return `#${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
