export type PairsOutcome =
  | { readonly kind: 'ok'; readonly pairs: readonly NameValuePair[] }
  /** `offset` is where the bad pair starts; the message does not show it, for it may be a secret. */
  | { readonly kind: 'invalid'; readonly offset: number; readonly message: string };

export interface NameValuePair {
  readonly name: string;
  readonly value: string;
  /** Where the pair starts in the text, from 0. */
  readonly offset: number;
}

/**
 * Reads `name=value,name=value` with percent-encoding, as OTEL_RESOURCE_ATTRIBUTES and OTEL_EXPORTER_OTLP_HEADERS have it
 * (W3C Baggage without properties). Blanks around names and values do not count; empty pairs are passed over.
 */
export function parsePairs(text: string): PairsOutcome {
  const pairs: NameValuePair[] = [];
  let offset = 0;
  for (const part of text.split(',')) {
    if (part.trim() !== '') {
      const pair = parsePair(part);
      if (typeof pair === 'string') return { kind: 'invalid', offset, message: pair };
      pairs.push({ ...pair, offset });
    }
    offset += part.length + 1;
  }
  return { kind: 'ok', pairs };
}

/** The pair, or what is wrong with it. */
function parsePair(part: string): { name: string; value: string } | string {
  const equals = part.indexOf('=');
  if (equals < 0) return 'wanted name=value pairs with commas between them, found a pair without "="';
  const name = decode(part.slice(0, equals));
  const value = decode(part.slice(equals + 1));
  if (name === undefined || value === undefined)
    return 'a "%" is not followed by two hexadecimal digits of UTF-8; write %25 for a "%"';
  return name === '' ? 'wanted name=value pairs, found one without a name' : { name, value };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}
