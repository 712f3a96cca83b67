/** A reply of Redis in its protocol RESP2. Texts are bytes: what a client stored need not be UTF-8. */
export type Reply = Buffer | number | bigint | null | ReplyError | readonly Reply[];

/** What Redis says when it refuses a command, as `NOAUTH Authentication required.` */
export class ReplyError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** A reply and the place behind it. */
export interface ParsedReply {
  readonly reply: Reply;
  readonly end: number;
}

const LINE_END = Buffer.from('\r\n');

/** Lists within lists; the slow log has three levels. */
const DEEPEST = 16;

/**
 * The reply that starts at `at`; undefined while bytes of it are missing. Throws for bytes that are no RESP2.
 *
 *     parseReply(Buffer.from('*2\r\n:1\r\n$2\r\nhi\r\n')); // { reply: [1, Buffer 'hi'], end: 16 }
 */
export function parseReply(bytes: Buffer, at = 0, depth = 0): ParsedReply | undefined {
  const lineEnd = bytes.indexOf(LINE_END, at);
  if (lineEnd === -1) return undefined;
  const type = String.fromCharCode(bytes[at] ?? 0);
  const content = bytes.subarray(at + 1, lineEnd);
  const end = lineEnd + LINE_END.length;
  switch (type) {
    case '+':
      return { reply: Buffer.from(content), end };
    case '-':
      return { reply: new ReplyError(content.toString()), end };
    case ':':
      return { reply: readInteger(content), end };
    case '$':
      return parseText(bytes, end, Number(readInteger(content)));
    case '*':
      return parseList(bytes, end, { length: Number(readInteger(content)), depth });
    default:
      throw new Error(
        `Cannot read a reply that starts with ${JSON.stringify(type)}: what answers is no Redis`,
      );
  }
}

function parseText(bytes: Buffer, start: number, length: number): ParsedReply | undefined {
  if (length < 0) return { reply: null, end: start };
  const end = start + length + LINE_END.length;
  return bytes.length < end ? undefined : { reply: Buffer.from(bytes.subarray(start, start + length)), end };
}

function parseList(
  bytes: Buffer,
  start: number,
  { length, depth }: { readonly length: number; readonly depth: number },
): ParsedReply | undefined {
  if (length < 0) return { reply: null, end: start };
  if (depth === DEEPEST) throw new Error(`Cannot read a reply with more than ${DEEPEST} lists in each other`);
  const elements: Reply[] = [];
  let end = start;
  for (let index = 0; index < length; index++) {
    const element = parseReply(bytes, end, depth + 1);
    if (element === undefined) return undefined;
    elements.push(element.reply);
    ({ end } = element);
  }
  return { reply: elements, end };
}

function readInteger(content: Buffer): number | bigint {
  const text = content.toString();
  if (!/^[+-]?\d+$/.test(text))
    throw new Error(`Cannot read "${text}" as a number: what answers is no Redis`);
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
