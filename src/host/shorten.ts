/** Longest message and stack trace that travel from a plugin to the collector's log, in characters. */
export const MAX_MESSAGE_LENGTH = 8 * 1024;
export const MAX_STACK_LENGTH = 16 * 1024;

/** Cuts `text` to `maxLength` characters and says how many are missing. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength)}… (${text.length - maxLength} more characters)`;
}
