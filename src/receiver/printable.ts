/**
 * Text from a stranger made safe for a terminal and for one line: control characters and line separators are escaped, so
 * that nothing that arrives can move the cursor, change colours or fake a line.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
