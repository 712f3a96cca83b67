import { BadMonitorConfiguration } from './bad-monitor-configuration.ts';

/**
 * The regular expression that stands in the option `field`. It may be written for Python: `(?P<name>…)`, `(?P=name)`,
 * `(?i)` at its start, `\A`, `\Z` and `[]…]` mean what they mean there. Throws BadMonitorConfiguration when it is none,
 * and when it has no group although `needsGroup`.
 *
 *     const extract = readPattern('load=([0-9.]+)', { field: 'extract', needsGroup: true });
 */
export function readPattern(
  text: string,
  { field, needsGroup = false }: { readonly field: string; readonly needsGroup?: boolean },
): RegExp {
  const [, flags = ''] = INLINE_FLAGS.exec(text) ?? [];
  const source = text.replace(INLINE_FLAGS, '').replace(PYTHON_PARTS, translate);
  const pattern = compile(source, { flags, field, text });
  if (needsGroup && !hasGroup(source)) {
    throw new BadMonitorConfiguration(
      `Cannot use "${text}" for field "${field}": wanted a group, as in "load=([0-9.]+)", whose content is taken`,
      field,
    );
  }
  return pattern;
}

const INLINE_FLAGS = /^\(\?([ims]+)\)/;

/** A named group and a reference to it; a class, in which escapes mean the same; any escape. */
const PYTHON_PARTS = /\(\?P<|\(\?P=(\w+)\)|\[\^?\]?(?:\\.|[^\]\\])*\]|\\./gs;

function translate(part: string, name: string | undefined): string {
  if (name !== undefined) return `\\k<${name}>`;
  if (part === '(?P<') return '(?<';
  if (part === '\\A') return '(?<![^])';
  if (part === '\\Z') return '(?![^])';
  return part.replace(/^\[(\^?)\](?=.)/s, '[$1\\]');
}

function compile(
  source: string,
  { flags, field, text }: { readonly flags: string; readonly field: string; readonly text: string },
): RegExp {
  try {
    return new RegExp(source, [...new Set(flags)].join(''));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    throw new BadMonitorConfiguration(
      `Cannot use "${text}" for field "${field}" as a regular expression: ${reason}`,
      field,
      { cause: error },
    );
  }
}

/** With nothing as an alternative it matches the empty text, and tells its groups. */
function hasGroup(source: string): boolean {
  return (new RegExp(`${source}|`).exec('')?.length ?? 0) > 1;
}
