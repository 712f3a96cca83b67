/** A class, `[abc]`, `[a-z]` or `[!abc]`; a wildcard; or a character that means something to a RegExp. */
const SPECIAL = /\[(!?)([^\]]+)\]|[*?]|[.+^${}()|[\]\\]/g;

/**
 * A RegExp that matches what one of the patterns matches as a whole: `*` any characters, `?` one, `[…]` one of several,
 * `[!…]` any but those. No pattern at all matches nothing.
 */
export function globsToRegExp(globs: readonly string[]): RegExp {
  if (globs.length === 0) return /(?!)/;
  return new RegExp(`^(?:${globs.map(toSource).join('|')})$`, 's');
}

function toSource(glob: string): string {
  return glob.replace(
    SPECIAL,
    (special: string, negated: string | undefined, members: string | undefined) => {
      if (members !== undefined)
        return `[${negated === '!' ? '^' : ''}${members.replace(/[\\^[]/g, String.raw`\$&`)}]`;
      if (special === '*') return '.*';
      return special === '?' ? '.' : `\\${special}`;
    },
  );
}
