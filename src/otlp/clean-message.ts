const MAX_LENGTH = 300;

/**
 * A text that came over the network, made fit for a log line: control characters and runs of white space become one
 * space, lone surrogates U+FFFD, and what is longer than 300 characters is cut.
 */
export function cleanMessage(text: string): string {
  const clean = text
    .slice(0, 8 * MAX_LENGTH)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
  const characters = Array.from(clean);
  return characters.length <= MAX_LENGTH ? clean : `${characters.slice(0, MAX_LENGTH - 1).join('')}…`;
}
