/** The start of an element. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const TAG = /<([a-zA-Z]\w*)((?:\s+\w+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g;
const ATTRIBUTE = /(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(quot|apos|lt|gt|amp));/g;

const NAMED = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);

/** The start tags of a text in XML, in their order. Enough for pages whose content is in attributes. */
export function readTags(xml: string): Tag[] {
  return Array.from(xml.matchAll(TAG), ([, name = '', attributes = '']) => ({
    name,
    attributes: new Map(
      Array.from(attributes.matchAll(ATTRIBUTE), ([, key = '', double, single]) => [
        key,
        unescape(double ?? single ?? ''),
      ]),
    ),
  }));
}

function unescape(text: string): string {
  return text.replace(ENTITY, (entity, decimal?: string, hexadecimal?: string, named?: string) => {
    if (named !== undefined) return NAMED.get(named) ?? entity;
    const codePoint = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
  });
}
