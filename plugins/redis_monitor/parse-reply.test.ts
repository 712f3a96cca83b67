import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReply, ReplyError } from './parse-reply.ts';
import type { Reply } from './parse-reply.ts';

const parse = (text: string): Reply | undefined => parseReply(Buffer.from(text))?.reply;

describe('parseReply', () => {
  it.each([
    ['+OK\r\n', Buffer.from('OK')],
    ['-ERR no\r\n', new ReplyError('ERR no')],
    [':-5\r\n', -5],
    [':18446744073709551615\r\n', 18_446_744_073_709_551_615n],
    ['$4\r\na\r\nb\r\n', Buffer.from('a\r\nb')],
    ['$0\r\n\r\n', Buffer.from('')],
    ['$-1\r\n', null],
    ['*-1\r\n', null],
    ['*0\r\n', []],
    ['*2\r\n:1\r\n*1\r\n$1\r\na\r\n', [1, [Buffer.from('a')]]],
  ])('reads %j', (bytes, reply) => {
    expect(parse(bytes)).toEqual(reply);
  });

  it('asks for more while any byte of a reply is missing', () => {
    const whole = Buffer.from('*3\r\n:1\r\n$4\r\na\r\nb\r\n*1\r\n+OK\r\n');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(parseReply(whole.subarray(0, length))).toBeUndefined();
      }),
    );
    expect(parseReply(whole)?.end).toBe(whole.length);
  });

  it.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'Cannot read a reply that starts with "H": what answers is no Redis'],
    [':one\r\n', 'Cannot read "one" as a number: what answers is no Redis'],
    ['*1\r\n'.repeat(20), 'Cannot read a reply with more than 16 lists in each other'],
  ])('refuses %j', (bytes, message) => {
    expect(() => parse(bytes)).toThrow(message);
  });
});
