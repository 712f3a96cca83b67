/** A run of `*`; a class, `[abc]`, `[a-z]` or `[!abc]`, where a `]` that comes first is a member; or a character. */
const PARTS = /\*+|\[(!?)(.[^\]]*)\]|./gsu;

/**
 * A RegExp that matches what one of the patterns matches as a whole: `*` any characters, `?` one, `[…]` one of several,
 * `[!…]` any but those. No pattern at all matches nothing. It takes no longer than the pattern times the text.
 */
export function globsToRegExp(globs: readonly string[]): RegExp {
  if (globs.length === 0) return /(?!)/;
  return new RegExp(`^(?:${globs.map(toSource).join('|')})$`, 'su');
}

/**
 * What stands between two `*` is taken where it is found first, for the reference to a group does not go back: the rest
 * has the most room then, so nothing is missed. Each `*` as a plain `.*` would try all places of all others.
 */
function toSource(glob: string, index: number): string {
  const [start = '', ...others] = splitAtStars(glob);
  const end = others.pop();
  if (end === undefined) return start;
  const between = others.map((source, star) => {
    const group = `star${index}_${star}`;
    return `(?=(?<${group}>.*?${source}))\\k<${group}>`;
  });
  return `${start}${between.join('')}.*${end}`;
}

function splitAtStars(glob: string): string[] {
  const sources: string[] = [];
  let source = '';
  for (const [part, negated, members] of glob.matchAll(PARTS)) {
    if (part.startsWith('*')) {
      sources.push(source);
      source = '';
    } else if (members === undefined) source += part === '?' ? '.' : escape(part);
    else source += `[${negated === '!' ? '^' : ''}${members.replace(/(.)-(.)|./gsu, toMember)}]`;
  }
  return [...sources, source];
}

/** A range that ends before it begins has no members. */
function toMember(member: string, from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined) return escape(member);
  return (from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0) ? '' : `${escape(from)}-${escape(to)}`;
}

function escape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
